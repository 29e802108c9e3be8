import { watchRequests, type RequestCount } from '../platform/request-count';
import { STRESS_HOST } from '../platform/stress-host';
import { Observable, type Watched } from './observable';

/** Counts what this page asks of the network, as the browser itself lists it, for as long as somebody looks. */
export class PrivacyService {
  /** The one other host that this build may ask, for load tests; empty where there is none, as usual. */
  readonly otherHost = STRESS_HOST;
  private readonly observed = new Observable<RequestCount>({ own: 0, others: 0 });

  get requests(): Watched<RequestCount> {
    return this.observed;
  }

  /** Counts until the returned function is called. */
  watch(): () => void {
    return watchRequests((count) => (this.observed.value = count));
  }
}
