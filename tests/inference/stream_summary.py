"""Prints the events of one StreamSummary, a JSON object a line. Run by the Python of `invoicectl`."""

import sys
from pathlib import Path

import grpc
from google.protobuf.json_format import MessageToJson

from invoices.v1 import summarize_service_pb2, summarize_service_pb2_grpc, summary_pb2


def main(address: str, token: str, invoice: str, style: str, language: str) -> None:
    request = summarize_service_pb2.StreamSummaryRequest(
        name=invoice, style=summary_pb2.Summary.Style.Value(style), language_code=language
    )
    metadata = (("authorization", f"Bearer {Path(token).read_text().strip()}"),)
    with grpc.insecure_channel(Path(address).read_text().strip()) as channel:
        stub = summarize_service_pb2_grpc.SummarizeServiceStub(channel)
        for event in stub.StreamSummary(request, metadata=metadata, timeout=100):
            print(MessageToJson(event, indent=None, preserving_proto_field_name=True), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
