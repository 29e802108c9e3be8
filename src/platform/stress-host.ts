declare const __STRESS_HOST__: string | undefined;

/**
 * The only other host that load tests may ask, such as `http://127.0.0.1:5000`; empty in a usual build. It is
 * put in by the build (INKLING_STRESS_HOST), which opens the security policy for this host alone.
 */
export const STRESS_HOST: string = typeof __STRESS_HOST__ === 'string' ? __STRESS_HOST__ : '';
