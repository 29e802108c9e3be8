import { watchRequests, type RequestCount } from '../platform/request-count';
import { Observable, type Watched } from './observable';

/** Counts what this page asks of the network, as the browser itself lists it, for as long as somebody looks. */
export class PrivacyService {
  private readonly observed = new Observable<RequestCount>({ own: 0, others: 0 });

  get requests(): Watched<RequestCount> {
    return this.observed;
  }

  /** Counts until the returned function is called. */
  watch(): () => void {
    return watchRequests((count) => (this.observed.value = count));
  }
}
