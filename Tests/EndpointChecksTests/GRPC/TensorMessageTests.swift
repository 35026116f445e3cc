import JSON
import Protobuf
import Testing

@testable import EndpointChecks

/// Tensors between the documents of REST and the messages of gRPC.
@Suite struct TensorMessageTests {
  private static func json(_ text: String) throws -> JSONValue {
    try JSONParser.parse(Array(text.utf8), mode: .lenient)
  }

  private static func request(_ datatype: String, _ data: String) throws -> JSONValue {
    try json(#"{"id":"i","inputs":[{"name":"x","shape":[2],"datatype":"\#(datatype)","data":\#(data)}]}"#)
  }

  /// `inference_grpc.md`, "Tensor Data": the list of each datatype; and the bytes, by Python's `struct` and `base64`.
  @Test(arguments: [
    ("BOOL", "[true,false]", #"{"bool_contents":[true,false]}"#, "AQA="),
    ("INT8", "[-1,2]", #"{"int_contents":[-1,2]}"#, "/wI="),
    ("INT16", "[-1,2]", #"{"int_contents":[-1,2]}"#, "//8CAA=="),
    ("INT32", "[-1,2]", #"{"int_contents":[-1,2]}"#, "/////wIAAAA="),
    ("INT64", "[-1,2]", #"{"int64_contents":[-1,2]}"#, "//////////8CAAAAAAAAAA=="),
    ("UINT8", "[1,255]", #"{"uint_contents":[1,255]}"#, "Af8="),
    (
      "UINT64", "[1,18446744073709551615]", #"{"uint64_contents":[1,18446744073709551615]}"#, "AQAAAAAAAAD//////////w=="
    ),
    ("FP32", "[0.5,-2]", #"{"fp32_contents":[0.5,-2]}"#, "AAAAPwAAAMA="),
    ("FP64", "[0.5,-2]", #"{"fp64_contents":[0.5,-2]}"#, "AAAAAAAA4D8AAAAAAAAAwA=="),
    ("BYTES", #"["a","é"]"#, #"{"bytes_contents":["YQ==","w6k="]}"#, "AQAAAGECAAAAw6k="),
  ])
  func everyDatatypeHasItsPlace(_ datatype: String, _ data: String, _ contents: String, _ raw: String) throws {
    let document = try Self.request(datatype, data)
    let head = #"{"id":"i","inputs":[{"name":"x","shape":[2],"datatype":"\#(datatype)""#
    let typed = try TensorMessage.request(document, .typed)
    #expect(JSONWriter.lenient.string(typed) == head + #","contents":\#(contents)}]}"#)
    let bytes = try TensorMessage.request(document, .raw)
    #expect(JSONWriter.lenient.string(bytes) == head + #"}],"raw_input_contents":["\#(raw)"]}"#)
    // The message can be written, and the same elements come back from a reply that has them.
    for message in [typed, bytes] { _ = try GRPCCall(.inference, "ModelInfer").method.request.encode(message) }
    let output = #"{"name":"x","shape":[2],"datatype":"\#(datatype)""#
    for reply in [
      #"{"outputs":[\#(output),"contents":\#(contents)}]}"#,
      #"{"outputs":[\#(output)}],"raw_output_contents":["\#(raw)"]}"#,
    ] {
      let back = try TensorMessage.response(Self.json(reply))
      let elements = try #require(back["outputs"]?[0]?["data"])
      #expect(try elements == Self.json(data))
    }
  }

  /// What a server must refuse goes as what it is.
  @Test(arguments: [
    ("FP64", #"["no",1.5]"#, #"{"bytes_contents":["bm8=","MS41"]}"#),
    ("INT64", "[1.5,2]", #"{"fp64_contents":[1.5,2]}"#),
    ("INT32", "[2147483648,1]", #"{"fp64_contents":[2147483648,1]}"#),
    ("FP64", "[true,false]", #"{"bool_contents":[true,false]}"#),
    ("BYTES", "[1.5,2]", #"{"fp64_contents":[1.5,2]}"#), ("BOOL", "[1,0]", #"{"fp64_contents":[1,0]}"#),
    ("UINT8", "[-1,0]", #"{"fp64_contents":[-1,0]}"#),
  ])
  func elementsOfAnotherTypeAreSent(_ datatype: String, _ data: String, _ contents: String) throws {
    let message = try TensorMessage.request(Self.request(datatype, data), .typed)
    #expect(message["inputs"]?[0]?["contents"]?.description == contents)
    _ = try GRPCCall(.inference, "ModelInfer").method.request.encode(message)
    #expect(try TensorMessage.request(Self.request(datatype, data), .raw)["raw_input_contents"]?[0] != nil)
  }

  @Test func halvesGoAsBytesAndNullsNotAtAll() throws {
    let message = try TensorMessage.request(Self.request("FP16", "[0.5,-2]"), .typed)
    // struct.pack("<2e", 0.5, -2)
    #expect(message["raw_input_contents"]?.description == #"["ADgAwA=="]"#)
    let error = #expect(throws: MessageError.self) { try TensorMessage.request(Self.request("FP64", "[1,null]"), .raw) }
    #expect(error?.description == "x: a null has no place in a tensor of gRPC")
  }

  @Test(arguments: [
    (
      #"{"outputs":[{"name":"p","datatype":"FP64","contents":{"fp32_contents":[1]}}]}"#,
      "outputs.p: is FP64, and its elements came in fp32_contents"
    ),
    (
      #"{"outputs":[{"name":"p","datatype":"FP64","contents":{"fp32_contents":[1],"fp64_contents":[1]}}]}"#,
      "outputs.p: has elements in fp32_contents and fp64_contents"
    ),
    (
      #"{"outputs":[{"name":"p","datatype":"FP64"}],"raw_output_contents":["AAAA"]}"#,
      "outputs.p: 3 bytes are no whole number of FP64"
    ),
    (
      #"{"outputs":[{"name":"p","datatype":"FP32","contents":{"fp32_contents":[1]}}],"raw_output_contents":["AACAPw=="]}"#,
      "outputs.p: has its elements both in contents and in raw_output_contents"
    ),
    (#"{"outputs":[],"raw_output_contents":["AAAA"]}"#, "raw_output_contents: holds 1 tensors for 0 outputs"),
  ])
  func repliesThatContradictThemselvesAreToldOf(_ reply: String, _ words: String) throws {
    let error = #expect(throws: MessageError.self) { try TensorMessage.response(Self.json(reply)) }
    #expect(error?.description == words)
  }

  @Test func whatAReplyLacksIsJudgedLikeThatOfREST() throws {
    let reply = try TensorMessage.response(
      Self.json(
        #"{"model_name":"m","parameters":{"a":{"int64_param":3},"b":{}},"outputs":[{"name":"p","datatype":"FP64","shape":[2]}]}"#
      ))
    #expect(
      reply.description
        == #"{"model_name":"m","parameters":{"a":3,"b":null},"outputs":[{"name":"p","datatype":"FP64","shape":[2],"data":[]}]}"#
    )
  }

  /// Field 6 is a map of texts in the protocol's file and one of parameters in MLServer's: nobody here reads it.
  @Test func metadataOfEveryServerIsRead() throws {
    let call = GRPCCall(.inference, "ModelMetadata")
    let name: [UInt8] = [0x0A, 1, 0x6D]
    for drift in [[0x32, 6, 0x0A, 1, 97, 0x12, 1, 98], [0x32, 7, 0x0A, 1, 97, 0x12, 2, 0x08, 1], [0x30, 7]] as [[UInt8]]
    {
      #expect(try call.document(of: name + drift) == ["name": "m"])
    }
  }
}
