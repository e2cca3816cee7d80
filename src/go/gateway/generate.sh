#!/usr/bin/env bash
# Writes gen/ (Go) and openapi/ beside this file, from the protos. Needs go, and the protoc of grpcio-tools on the PATH.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
proto=../../../proto
module=invoicesummarizer.com/gateway/gen
operations=google/longrunning/operations.proto
mkdir -p .bin gen openapi
go build -o .bin/ tool ./cmd/ownpaths # the plugins, as go.mod and go.sum lock them
mapfile -t protos < <(cd "$proto" && find invoices -name '*.proto' | sort)

protoc "-I$proto" --include_imports --include_source_info --descriptor_set_out=.bin/all.binpb "${protos[@]}" "$operations"
.bin/ownpaths .bin/all.binpb

# By path, as the protoc that Pants supplies sets its own PATH.
plugins=(.bin/protoc-gen-*)
generate() { protoc "${plugins[@]/#/--plugin=}" --descriptor_set_in=.bin/all.binpb "$@"; }
# The protos name no package of Go: that is the gateway's business.
packages() { printf -- "--$1_opt=M%s=$module/invoices/v1;invoicesv1\n" "${protos[@]}"; }
config="grpc_api_configuration=$proto/invoices/v1/service_config.json"

mapfile -t options < <(packages go; packages go-grpc; packages grpc-gateway)
generate --go_out=gen "--go_opt=module=$module" --go-grpc_out=gen "--go-grpc_opt=module=$module" \
  --grpc-gateway_out=gen "--grpc-gateway_opt=module=$module" "${options[@]}" "${protos[@]}"
# Handlers only: the messages are those of cloud.google.com/go/longrunning.
generate --grpc-gateway_out=gen "--grpc-gateway_opt=standalone=true,paths=source_relative,$config" "$operations"
mapfile -t options < <(packages openapiv2)
generate --openapiv2_out=openapi \
  "--openapiv2_opt=allow_merge=true,merge_file_name=api,json_names_for_fields=false,expand_slashed_path_patterns=true,preserve_rpc_order=true,openapi_configuration=openapi.yaml,$config" \
  "${options[@]}" "${protos[@]}" "$operations"
# Plurals are cut short, which is right for invoices alone.
sed -i 's/{summarie}/{summary}/g; s/{batche}/{batch}/g; s/"name": "summarie"/"name": "summary"/; s/"name": "batche"/"name": "batch"/' openapi/api.swagger.json
# The gateway has its rules beside those of the protos.
cp "$proto/invoices/v1/service_config.json" openapi/
