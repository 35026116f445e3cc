internal import JSON
internal import Language
internal import Transport
internal import Verdict

/// An OpenAI-compatible server (vLLM, LitServe, llama.cpp, …): `POST /v1/chat/completions` and `/v1/completions`.
///
/// A row is a prompt: its column `messages` (a list of roles and contents), else `prompt`, else the only column. What is
/// asked besides stands in `parameters:`; the temperature is 0 unless it says another.
struct OpenAI: NamedModel {
  var name: String
  private let parameters: JSONObject

  static let kinds: [CheckEntry.Kind] = [.ready, .request]
  static let namesModelInPath = false
  static let ownParameters: Set<String>? = ["model", "messages", "prompt", "stream", "stream_options"]
  static let encodings: [[RowEncoding.Word]] = [[.chat, .completions]]
  /// Generating takes its time, and so does loading gigabytes of weights.
  static let timeout = Quantity(60, .seconds)
  static let readyWithin = Quantity(600, .seconds)

  init(_ declaration: EndpointDeclaration) {
    name = declaration.model?.value ?? ""
    parameters = declaration.parameters?.value ?? JSONObject()
  }

  let rowsPerRequest: Int? = 1

  // MARK: - The server

  /// Servers without a list of models answer it with 404. One that has a list and not the model in it still loads.
  var readinessProbes: [Probe] {
    [
      Probe(name: "server ready", request: RequestPlan(path: "/health")),
      Probe(name: "model \(name) listed", request: modelList, tolerated: [404]) { [name] document in
        Self.models(in: document)?.contains(name) == false ? .notYet : .ready
      },
    ]
  }

  private var modelList: RequestPlan { RequestPlan(path: "/v1/models") }
  var signatureRequest: RequestPlan? { modelList }
  var modelsRequest: RequestPlan? { modelList }

  func models(in document: JSONValue) -> [String]? { Self.models(in: document) }

  private static func models(in document: JSONValue) -> [String]? {
    document["data"]?.arrayValue.map { $0.compactMap { $0["id"]?.stringValue } }
  }

  /// The model that is asked, when the server has it, else what it has in its place.
  func signature(in document: JSONValue) -> ModelSignature? {
    models(in: document).map { models in
      ModelSignature(
        name: models.contains(name) ? name : models.isEmpty ? nil : models.prefix(10).joined(separator: ", "))
    }
  }

  func errorText(in reply: Reply) -> String? {
    guard case .success(let document) = reply.document else { return nil }
    return StreamChunk.error(in: document).map { reply.excerpt($0) }
      ?? document["detail"].map { $0.stringValue.map { reply.excerpt($0) } ?? reply.excerpt($0) }
  }

  // MARK: - Rows

  /// Why the same prompt has another answer every time.
  var variation: String? {
    let temperature = parameters["temperature"]?.doubleValue ?? 0
    guard temperature > 0, parameters["seed"] == nil else { return nil }
    return "the temperature is \(Quantity.text(temperature)) and there is no seed"
  }

  func request(
    for rows: FeatureRows, _ encoding: RowEncoding, _ signature: ModelSignature?
  ) throws(Complaint) -> RequestPlan {
    let isChat = !encoding.has(.completions)
    var members = [JSONObject.Member("model", .string(name))]
    if let prompt = try prompt(of: rows, isChat: isChat) { members.append(prompt) }
    members += parameters.distinctMembers
    if parameters["temperature"] == nil { members.append(.init("temperature", 0)) }
    return RequestPlan(
      path: isChat ? "/v1/chat/completions" : "/v1/completions", json: .object(JSONObject(members)))
  }

  private func prompt(of rows: FeatureRows, isChat: Bool) throws(Complaint) -> JSONObject.Member? {
    if let messages = rows["messages"]?.values.first {
      guard isChat else { throw Complaint(.unwritable("completions take a prompt, and the rows have messages")) }
      return .init("messages", try Self.list(messages))
    }
    guard let value = try rows.prompt(among: isChat ? ["messages", "prompt"] : ["prompt"]) else { return nil }
    return isChat ? .init("messages", [["role": "user", "content": value]]) : .init("prompt", value)
  }

  /// The messages of a row: a list, or the JSON text of one, which is what a CSV file has room for.
  private static func list(_ messages: JSONValue) throws(Complaint) -> JSONValue {
    guard let text = messages.stringValue else { return messages }
    guard let list = try? JSONParser.parse(Array(text.utf8), mode: .strict, limits: JSONLimits(maximumDepth: 64)),
      list.arrayValue?.allSatisfy({ $0.objectValue != nil }) == true
    else {
      throw Complaint(.unwritable("a text in the column messages is no JSON list of messages: call a plain one prompt"))
    }
    return list
  }

  func predictions(in reply: Reply, about count: Int) throws(Complaint) -> Predictions {
    let document = try reply.json()
    if let error = StreamChunk.error(in: document) {
      throw Complaint(.unusable("the reply has a status of success and says: \(reply.excerpt(error))"))
    }
    guard let choices = OpenAIStream().answer(in: document)?.choices else {
      throw Complaint(.unusable("the reply has no choices"))
    }
    var values: [JSONValue] = []
    for choice in choices.keys.sorted() {
      guard let text = choices[choice]?.prediction else {
        throw Complaint(.unusable("choice \(choice) of the reply has no text"))
      }
      values.append(.string(text))
    }
    // Several choices are the elements of one row.
    let value: JSONValue = values.count == 1 ? .array(values) : .array([.array(values)])
    var predictions = Predictions([OutputTensor(named: "text", of: value)], rows: count)
    predictions.answeringModel = AnsweringModel(document["model"], at: "model", asked: name)
    return predictions
  }

  var streamFormat: (any StreamFormat)? {
    OpenAIStream(choices: parameters["n"]?.int64Value.flatMap { Int(exactly: $0) })
  }

  /// vLLM's, by the reason for which answers were finished.
  var serverCounter: ServerCounter? {
    let selector = MetricSelector(name: "vllm:request_success_total", labels: ["model_name": name])
    return ServerCounter(path: "/metrics", reading: .metric(selector))
  }
}
