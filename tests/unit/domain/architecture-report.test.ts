import { expect } from 'chai';
import { ARCHITECTURES, parameterCount, type Layer } from '../../../src/domain/architecture';
import { reportOn } from '../../../src/domain/architecture-report';

const conv = (patch: Partial<Layer & { kind: 'conv' }> = {}): Layer => ({
  kind: 'conv',
  filters: 8,
  kernelSize: 3,
  stride: 1,
  padding: 'valid',
  ...patch,
});
const report = (...layers: readonly Layer[]) => reportOn({ name: 'own', layers });
const END: readonly Layer[] = [{ kind: 'flatten' }, { kind: 'dense', units: 10 }];

describe('what is said of a network while it is built', () => {
  it('counts the parameters that training counts', () => {
    for (const architecture of Object.values(ARCHITECTURES)) {
      const { parameters, error } = reportOn(architecture);
      expect(parameters).to.equal(parameterCount(architecture));
      expect(error).to.equal(undefined);
    }
  });

  it('counts a multiply-add for each weight at each place', () => {
    const { multiplyAdds, layers } = report(conv(), ...END);
    expect(layers[0]!.multiplyAdds).to.equal(26 * 26 * 3 * 3 * 8);
    expect(multiplyAdds).to.equal(26 * 26 * 3 * 3 * 8 + 26 * 26 * 8 * 10);
  });

  it('says which layer cannot work and why, and nothing of those behind it', () => {
    const { layers, error } = report({ kind: 'max-pool', size: 7 }, conv({ kernelSize: 5 }), ...END);
    expect(layers[0]!.output).to.deep.equal([4, 4, 1]);
    expect(layers[1]!.error).to.equal('conv1 is larger than the image that reaches it: 5 × 5 on 4 × 4.');
    expect(layers[2]!.output).to.equal(undefined);
    expect(layers[2]!.error).to.equal(undefined);
    expect(error).to.equal(layers[1]!.error);
  });

  it('says which number of a layer cannot be', () => {
    const { layers, error } = report(conv({ filters: 0, stride: NaN }), ...END);
    expect(layers[0]!.fieldErrors).to.deep.equal({
      filters: 'Use a whole number from 1 to 256.',
      stride: 'Use a whole number from 1 to 4.',
    });
    expect(error).to.equal('conv1, filters: Use a whole number from 1 to 256.');
  });

  it('says how a network must end', () => {
    expect(report(conv()).error).to.contain('it must end in 10');
    expect(report(...END, { kind: 'relu' }).error).to.contain('must not end in a relu');
    expect(report().error).to.contain('must end in 10');
  });
});
