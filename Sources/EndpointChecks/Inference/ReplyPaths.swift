internal import JSON
internal import Language
internal import Verdict

/// `reply:`: where the predictions stand in a reply, by JSONPath: one path, or one for each output.
struct ReplyPaths: Sendable {
  var outputs: [(name: String, path: JSONPath)]

  static var shape: Shape<ReplyPaths> {
    let one = Shape<JSONPath>.jsonPath.map { ReplyPaths(outputs: [("prediction", $0)]) }
    let many = Shape<JSONPath>.jsonPath.dictionary.map { paths, node, problems -> ReplyPaths? in
      if paths.isEmpty { problems.report("no output is named here", at: node.location) }
      return paths.isEmpty ? nil : ReplyPaths(outputs: paths.map { ($0.name.value, $0.value) })
    }
    return many.when(\.isMapping, otherwise: one)
  }

  /// The outputs that a reply has there. A path that selects one list means its elements.
  func predictions(in document: JSONValue, about count: Int) throws(Complaint) -> Predictions {
    var tensors: [OutputTensor] = []
    for (name, path) in outputs {
      guard let nodes = try? path.nodes(in: document) else {
        throw Complaint(.unusable("the path \(path.text) visits too much of the reply"))
      }
      let values = nodes.map(\.value)
      guard let first = values.first else { throw Complaint(.unusable("\(path.text) selects nothing in the reply")) }
      let isList = values.count == 1 && first.arrayValue != nil && count != 1
      tensors.append(OutputTensor(named: name, of: isList || path.isSingular && count != 1 ? first : .array(values)))
    }
    return Predictions(tensors, rows: count)
  }
}
