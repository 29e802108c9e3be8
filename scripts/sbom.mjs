/**
 * What the app is built of, as a CycloneDX 1.5 list: every package that the lock file marks as needed at run
 * time, with its version, licence and hash. Nothing in it changes from one build to the next.
 */
export function writeSbom({ name, version, license }, { packages }) {
  const components = Object.entries(packages)
    .filter(
      ([path, entry]) => path.includes('node_modules/') && !entry.dev && !entry.devOptional && !entry.peer,
    )
    .filter(([, entry]) => !entry.optional)
    .map(([path, entry]) => describe(path.slice(path.lastIndexOf('node_modules/') + 13), entry))
    .sort((a, b) => (a.purl < b.purl ? -1 : 1));
  const sbom = {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': `pkg:npm/${name}@${version}`,
        name,
        version,
        ...licensed(license),
      },
    },
    components,
  };
  return `${JSON.stringify(sbom, null, 2)}\n`;
}

function describe(name, { version, license, integrity }) {
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  const hashes = integrity?.startsWith('sha512-')
    ? [{ alg: 'SHA-512', content: Buffer.from(integrity.slice(7), 'base64').toString('hex') }]
    : [];
  return { type: 'library', 'bom-ref': purl, name, version, ...licensed(license), hashes, purl };
}

function licensed(license) {
  if (!license) return {};
  // An expression such as "(MIT OR GPL-3.0)" is not the id of one licence.
  return { licenses: [/[ (]/.test(license) ? { expression: license } : { license: { id: license } }] };
}
