import { expect } from 'chai';
import { API_ENDPOINTS } from '../../../src/pages/api-endpoints';
import { describeRequest, newApiDraft, toApiRequest } from '../../../src/pages/api-request';
import { writeSnippet } from '../../../src/pages/api-snippets';

const draftOf = (id: string) => newApiDraft(API_ENDPOINTS.find((endpoint) => endpoint.id === id)!);
const HOST = 'http://localhost:5000/';

describe('a request as a program', () => {
  it('is what the page sends, in three languages', () => {
    const request = toApiRequest({
      ...draftOf('predict'),
      values: { model: '3' },
      files: { file: [new File(['x'], 'a.png')] },
    });
    expect(describeRequest(request)).to.equal(
      'POST predict?model=3\nContent-Type: multipart/form-data\n\nfile = a.png (1 bytes)',
    );
    expect(writeSnippet('curl', request, HOST)).to.equal(
      "curl -X POST 'http://localhost:5000/predict?model=3' \\\n  -F 'file=@a.png'",
    );
    expect(writeSnippet('python', request, HOST)).to.include('("file", open("a.png", "rb"))');
    expect(writeSnippet('javascript', request, HOST)).to.include('await fetch("predict?model=3"');
  });

  it('leaves out what was left empty, and sends numbers as numbers', () => {
    const draft = draftOf('retrain');
    const request = toApiRequest({ ...draft, values: { ...draft.values, epochs: '2', recipe: '' } });
    expect(JSON.parse(request.json!)).to.deep.equal({ epochs: 2, dataset: 'generated', samples: 1000 });
    expect(writeSnippet('python', request, HOST)).to.include('json={"epochs":2,');
  });

  it('stays one program whatever a file is called', () => {
    const name = `it's; rm -rf "$HOME", \\ <b>.png`;
    const request = toApiRequest({ ...draftOf('predict'), files: { file: [new File([''], name)] } });
    const curl = writeSnippet('curl', request, HOST);
    // Taken apart as a shell does: what is in single quotes, and \' between them.
    const words = curl
      .match(/(?:'[^']*'|\\'|[^\s'\\])+/g)!
      .map((word) => word.replace(/'([^']*)'|\\(')/g, '$1$2'));
    expect(words.at(-1)).to.equal('file=@"it\'s; rm -rf \\"$HOME\\", \\\\ <b>.png"');
    expect(writeSnippet('python', request, HOST)).to.include(`open(${JSON.stringify(name)}, "rb")`);
  });
});
