#!/usr/bin/env bash
# Copy the search library into templates/assets: this version from npm, minified, with its licence.
# Needs node. To upgrade, change the version here, run the script, and try the search in a browser.
set -euo pipefail

minisearch=7.2.0
esbuild=0.25.10
assets=$(cd "$(dirname "$0")/../../templates/assets" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm pack --silent "minisearch@$minisearch" > /dev/null
tar xzf "minisearch-$minisearch.tgz"
npx --yes "esbuild@$esbuild" package/dist/es/index.js \
    --minify --format=esm --target=es2020 --legal-comments=none --log-level=warning --outfile=min.js
{
    printf '/*! MiniSearch %s, https://github.com/lucaong/minisearch, minified by infra/package/vendor.sh\n\n' "$minisearch"
    cat package/LICENSE.txt
    printf '*/\n'
    cat min.js
} > "$assets/minisearch.js"
