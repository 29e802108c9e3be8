/** The other host that load tests of a build may ask: opened by whoever builds, and by nobody else. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';

const headers = new URL('../../../scripts/security-headers.mjs', import.meta.url);

/** What the security policy of a build lets be asked. */
function askedBy(host) {
  const script = `import { SECURITY_HEADERS } from ${JSON.stringify(headers)}; console.log(SECURITY_HEADERS['Content-Security-Policy'])`;
  const env = { ...process.env, INKLING_STRESS_HOST: host };
  const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    env,
    encoding: 'utf8',
  });
  return status === 0 ? /connect-src ([^;]*)/.exec(stdout)[1] : undefined;
}

test('a usual build asks nobody else, one that names a host asks that one, and what is no address builds nothing', () => {
  assert.equal(askedBy(''), "'self'");
  assert.equal(askedBy('http://127.0.0.1:5000/api?x'), "'self' http://127.0.0.1:5000");
  assert.equal(askedBy('anyone'), undefined);
});
