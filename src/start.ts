/**
 * The first that runs, and small: it asks for the code of the page that the address means, so that it travels
 * beside the rest of the app and not after it.
 */
import { pageOfLocation } from './page-routes';

pageOfLocation()
  .load()
  // The app asks for it again when it shows the page, and says there what is wrong.
  .catch((error: unknown) => console.info(error));
