// Answers each request with that request, as it arrived.
import { createServer } from "node:http";

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  response.setHeader("content-type", "text/plain");
  response.end(`${head(request)}\n${Buffer.concat(chunks)}`);
});
server.listen(Number(process.env.PORT));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(0));

function head({ method, url, httpVersion, rawHeaders }) {
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let i = 0; i < rawHeaders.length; i += 2) lines.push(`${rawHeaders[i]}: ${rawHeaders[i + 1]}`);
  return `${lines.join("\n")}\n`;
}
