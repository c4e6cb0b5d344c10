# The node with its PostgreSQL in one image: docker build -t augenhoehe . && see compose.yaml
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
# The server runs as it is; only the web pages are built.
RUN npm run build && npm prune --omit=dev

FROM node:24-bookworm-slim
ENV NODE_ENV=production AUGENHOEHE_DATA=/data HOST=0.0.0.0 PORT=4242
WORKDIR /app
COPY --from=build --chown=root:root /app /app
# PostgreSQL refuses to run as root.
RUN mkdir -p /data /backups && chown node:node /data /backups
USER node
VOLUME /data
EXPOSE 4242
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["node", "-e", "fetch('http://127.0.0.1:4242/health').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "--disable-warning=ExperimentalWarning", "src/cli/main.ts"]
CMD ["start", "--no-demo"]
