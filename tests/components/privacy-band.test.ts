import { expect } from 'chai';

const HOST = 'http://127.0.0.1:5000';

describe('privacy', () => {
  it('names the one other host that a build may ask', async () => {
    // A build puts it in; a test's page is not built.
    Object.assign(globalThis, { __STRESS_HOST__: HOST });
    const { PrivacyBand } = await import('../../src/pages/privacy-band');
    const band = new PrivacyBand();
    document.body.append(band);
    await band.updateComplete;
    const text = band.renderRoot.textContent?.replace(/\s+/g, ' ') ?? '';
    expect(text).to.include(`to nothing else but ${HOST}`);
    expect(text).to.not.include('and to nothing else:');
    band.remove();
  });
});
