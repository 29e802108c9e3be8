import { expect } from 'chai';
import { showName } from '../../../src/domain/show-name';

describe('a name that is shown', () => {
  it('is itself where all of it can be seen', () => {
    for (const name of ['3/x.png', 'Zürich/三/é.png', '🙂.png', '']) expect(showName(name)).to.equal(name);
  });

  it('has what cannot be seen written out', () => {
    expect(showName('gpj\u202egnp.exe')).to.equal('gpj\\u202Egnp.exe');
    expect(showName('a\0b\nc\x7f')).to.equal('a\\u0000b\\u000Ac\\u007F');
    expect(showName('\ufeff\u200b\u2066\u2028')).to.equal('\\uFEFF\\u200B\\u2066\\u2028');
    expect(showName('\u{e0041}')).to.equal('\\u{E0041}');
    expect(showName('half \ud83d of a pair')).to.equal('half \\uD83D of a pair');
  });

  it('loses its middle where it is longer than 80 characters', () => {
    expect(showName('x'.repeat(80))).to.equal('x'.repeat(80));
    expect(showName(`3/${'x'.repeat(10_000)}.png`)).to.equal(`3/${'x'.repeat(38)}…${'x'.repeat(35)}.png`);
    expect([...showName('🙂'.repeat(81))]).to.have.length(80);
  });
});
