# Two stages: build with Go, run with nothing but the binary and the readers' OCR engine.
FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags='-s -w' -o /referrald ./cmd/referrald

FROM debian:bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates tesseract-ocr tesseract-ocr-script-latn \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /var/lib/referrald --create-home referrald
COPY --from=build /referrald /usr/bin/referrald
USER referrald
WORKDIR /var/lib/referrald
VOLUME /var/lib/referrald
ENTRYPOINT ["referrald"]
CMD ["run", "--config", "/etc/referrald/referrald.toml"]
