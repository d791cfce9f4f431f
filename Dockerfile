FROM node:20-bookworm-slim AS build
WORKDIR /gitpact
COPY package.json package-lock.json tsconfig.json .rolldown.config.mjs .bundle.mjs .compile.cjs ./
COPY src src
COPY bin bin
RUN npm ci && npm prune --omit=dev

FROM node:20-bookworm-slim
RUN apt-get update \
 && apt-get install --yes --no-install-recommends ca-certificates git openssh-client \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /gitpact
COPY --from=build /gitpact/node_modules node_modules
COPY --from=build /gitpact/dist dist
COPY package.json LICENSE ./
COPY bin bin
RUN chmod +x bin/gitpact.js && ln -s /gitpact/bin/gitpact.js /usr/local/bin/gitpact
USER node
WORKDIR /work
ENTRYPOINT ["gitpact"]
