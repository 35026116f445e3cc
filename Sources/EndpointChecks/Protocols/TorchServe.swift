internal import JSON
internal import Language
internal import Transport

/// TorchServe's inference API (pytorch/serve, `docs/inference_api.md`): `POST /predictions/{m}`.
struct TorchServe: DocumentProtocol, VersionedModel {
  var name: String
  var version: String?

  /// The envelope `json` of its handlers, rows as lists or as objects.
  static let encodings: [[RowEncoding.Word]] = [[.instances, .records]]

  init(_ declaration: EndpointDeclaration) {
    name = declaration.model?.value ?? ""
    version = declaration.version?.value
  }

  var inferPath: String { "/predictions/\(name)" + (version.map { "/\($0)" } ?? "") }

  /// The status and, in one spelling or another, a health: `{"health": "healthy!"}`, `{"status": "Healthy"}`.
  var readinessProbes: [Probe] {
    [
      Probe(name: "server healthy", request: RequestPlan(path: "/ping")) { document in
        let word = (document["status"] ?? document["health"])?.stringValue?.lowercased()
        return word.map { $0.hasPrefix("healthy") } ?? true ? .ready : .notYet
      }
    ]
  }

  func body(of rows: FeatureRows, _ encoding: RowEncoding, _ signature: ModelSignature?) -> RowsBody {
    .json(["instances": encoding.has(.records) ? rows.records : rows.lists])
  }

  func predictions(in reply: Reply, about count: Int) throws(Complaint) -> Predictions {
    let document = try reply.json()
    try refuseErrors(in: document, of: reply, beside: ["predictions"])
    // Its own errors have a code, a type and a message, and nothing beside.
    if let code = document["code"]?.int64Value, code >= 400, document.objectValue?.count == 3,
      let text = errorText(in: reply)
    {
      throw Complaint(.unusable("the reply has a status of success and says: \(text)"))
    }
    return try Predictions(of: document["predictions"] ?? document, named: "predictions", rows: count)
  }

  /// `{"code": 404, "type": "ModelNotFoundException", "message": "…"}`
  func errorText(in reply: Reply) -> String? {
    guard case .success(let document) = reply.document else { return nil }
    let words = [document["type"], document["message"]].compactMap { $0?.stringValue }
    return words.isEmpty ? nil : reply.excerpt(words.joined(separator: ": "))
  }
}
