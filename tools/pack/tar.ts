const blockSize = 512;
const nameSize = 100;

/** A tar archive (POSIX ustar), the same for equal contents wherever and whenever it is made: no owner, no time. */
export function tarOf(files: Record<string, Uint8Array>): Buffer<ArrayBuffer> {
  const entries = Object.entries(files).flatMap(([name, content]) => {
    const padding = Buffer.alloc((blockSize - (content.length % blockSize)) % blockSize);
    return [header(name, content.length), content, padding];
  });
  return Buffer.concat([...entries, Buffer.alloc(2 * blockSize)]);
}

/** Numbers are octal digits. The checksum counts itself as blanks. */
function header(name: string, size: number): Buffer<ArrayBuffer> {
  if (Buffer.byteLength(name) > nameSize) throw new RangeError(`${name} is too long for a tar archive`);
  const block = Buffer.alloc(blockSize);
  const mode = 0o444;
  block.write(name, 0);
  block.write(octal(mode, 7), 100);
  block.write(octal(0, 7), 108);
  block.write(octal(0, 7), 116);
  block.write(octal(size, 11), 124);
  block.write(octal(0, 11), 136);
  block.write(" ".repeat(8), 148);
  block.write("0", 156);
  block.write("ustar\x0000", 257, "latin1");
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${octal(sum, 6)}\0 `, 148, "latin1");
  return block;
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, "0");
}
