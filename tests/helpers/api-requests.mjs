/** Requests to the API as clients of the course project's server send them, and what they send: pictures, ZIPs. */
import { crc32, deflateSync } from 'node:zlib';
import { DIGIT_STROKES } from './app.mjs';

/** A digit as 784 bytes: ink 255 on paper 0. */
export function digitBytes(digit) {
  return raster([digit], 1).pixels;
}

/** Digits side by side as a PNG: white on black as MNIST's, or black on white. */
export function digitPng(digits, { scale = 1, isInverted = false } = {}) {
  const { width, height, pixels } = raster(digits, scale);
  const rows = Array.from({ length: height }, (_, y) =>
    Buffer.concat([Buffer.of(0), Buffer.from(pixels.subarray(y * width, (y + 1) * width))]),
  );
  const raw = Buffer.concat(rows);
  if (isInverted) for (let at = 0; at < raw.length; at++) if (at % (width + 1) > 0) raw[at] = 255 - raw[at];
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(raw)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A ZIP of files, stored as they are. */
export function zipFiles(files) {
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const [name, content] of files) {
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt32LE(crc32(content), 10);
    fields.writeUInt32LE(content.length, 14);
    fields.writeUInt32LE(content.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, Buffer.from(name), content]);
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), fields, tail, Buffer.from(name));
    parts.push(local);
    offset += local.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...directory, end]);
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

function raster(digits, scale) {
  const side = 28 * scale;
  const [width, height] = [side * digits.length, side];
  const pixels = new Uint8Array(width * height);
  digits.forEach((digit, place) => {
    for (const stroke of DIGIT_STROKES[digit]) {
      for (let at = 1; at < stroke.length; at++) inkLine(stroke[at - 1], stroke[at], place);
    }
  });
  return { width, height, pixels };

  function inkLine([x0, y0], [x1, y1], place) {
    for (let y = 0; y < height; y++) {
      for (let x = place * side; x < (place + 1) * side; x++) {
        const [px, py] = [(x + 0.5) / scale - place * 28, (y + 0.5) / scale];
        const length = Math.max(1e-9, (x1 - x0) ** 2 + (y1 - y0) ** 2);
        const along = Math.min(1, Math.max(0, ((px - x0) * (x1 - x0) + (py - y0) * (y1 - y0)) / length));
        const off = Math.hypot(px - x0 - along * (x1 - x0), py - y0 - along * (y1 - y0));
        const ink = Math.round(255 * Math.min(1, Math.max(0, 1.6 - off)));
        const index = y * width + x;
        pixels[index] = Math.max(pixels[index], ink);
      }
    }
  }
}

/** Runs in the page: sends a request, one of three ways, and reads the answer. */
export async function sendInPage({ isDirect, method = 'POST', path, headers, form, base64, text }) {
  const toBytes = (coded) => Uint8Array.from(atob(coded), (char) => char.charCodeAt(0));
  let body = base64 === undefined ? text : toBytes(base64);
  if (form) {
    body = new FormData();
    for (const { name, value, base64, fileName } of form) {
      if (base64 === undefined) body.append(name, value);
      else body.append(name, new Blob([toBytes(base64)]), fileName);
    }
  }
  const request = new Request(path, { method, ...(headers ? { headers } : {}), ...(body ? { body } : {}) });
  const { api } = document.querySelector('inkling-app').services;
  const response = await (isDirect ? api.handle(request) : fetch(request));
  const read = await response.text();
  const type = response.headers.get('content-type');
  return {
    status: response.status,
    type,
    headers: Object.fromEntries(response.headers),
    body: type === 'application/json' ? JSON.parse(read) : read,
  };
}
