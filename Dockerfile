# One image with both programs:
#
#   docker build -t alphapy .
#   docker run --rm --env-file .env alphapy alphapy release
#   docker run --env-file .env -p 8080:8080 alphapy
#   docker run --env-file .env --no-healthcheck alphapy alphapy-cron --every 60s
#
# compose.yaml has all of it with a PostgreSQL.

FROM rust:1.95-slim-bookworm AS build
WORKDIR /build
# The query macros read .sqlx; a build needs no database.
ENV SQLX_OFFLINE=true
COPY . .
# The caches keep what cargo downloaded and compiled, so that a change of our code compiles our code alone. They are not
# part of a layer, hence the copy. The touch is for a cache that is younger than the sources: cargo compares times only.
RUN --mount=type=cache,target=/usr/local/cargo/registry,sharing=locked \
    --mount=type=cache,target=/build/target,sharing=locked \
    touch src/lib.rs \
    && cargo build --locked --profile dist --bins \
    && mkdir /programs \
    && cp target/dist/alphapy target/dist/alphapy-cron /programs/

FROM debian:bookworm-slim
# The certificates are for Discord, the time zones for reminders.
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates tzdata \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin alphapy
COPY --from=build /programs/ /usr/local/bin/
USER 10001:10001
EXPOSE 8080
STOPSIGNAL SIGTERM
# For the service. The cron program has no port: run it with --no-healthcheck.
HEALTHCHECK --interval=15s --timeout=6s --start-period=10s CMD ["alphapy", "health"]
# No ENTRYPOINT, so that the same image runs either program.
CMD ["alphapy", "serve"]
