internal import JSON

/// One output of an inference, as it came back: read leniently, with everything that is wrong with it.
struct OutputTensor: Sendable {
  var name: String
  var datatype: Datatype?
  /// Whether the reply says the datatype, so that it is not read off the values.
  private(set) var saysDatatype = false
  /// Whether its name is that of the output, and not the key of the envelope that every reply has.
  var isNamed = true
  /// The dimensions; nil when there are none that can be used.
  var shape: [Int]?
  /// The elements in row-major order, whatever they are.
  var elements: [JSONValue]
  var issues: [Issue]

  /// Something that breaks the protocol or makes a prediction useless.
  struct Issue: Sendable, Equatable {
    /// What it is about: `outputs.probability[3]`.
    var place: String
    var text: String
  }

  /// Reads an element of `outputs` (Open Inference Protocol v2, "Response Output").
  init(_ value: JSONValue, index: Int) {
    name = value["name"]?.stringValue ?? ""
    let place = name.isEmpty ? "outputs[\(index)]" : "outputs.\(name)"
    var issues: [Issue] = []
    if name.isEmpty { issues.append(Issue(place: place, text: "has no name")) }
    let word = value["datatype"]?.stringValue
    datatype = word.flatMap(Datatype.init(rawValue:))
    saysDatatype = datatype != nil
    if datatype == nil {
      issues.append(Issue(place: place, text: word.map { "has the unknown datatype \"\($0)\"" } ?? "has no datatype"))
    }
    guard let data = value["data"], data.arrayValue != nil else {
      let isBinary = value["parameters"]?["binary_data_size"] != nil
      issues.append(Issue(place: place, text: isBinary ? "came as binary data" : "has no list of data"))
      elements = []
      self.issues = issues
      return
    }
    elements = data.flattened
    if let datatype { issues += Self.elementIssues(elements, datatype, place: place) }
    self.issues = issues
    takeShape(value["shape"])
  }

  /// Reads an output of a protocol that says neither datatypes nor shapes: a value, or lists of values.
  init(named name: String, of value: JSONValue) {
    self.name = name
    let place = "outputs.\(name)"
    elements = value.flattened
    shape = InputTensor.dimensions(of: value)
    issues = shape == nil ? [Issue(place: place, text: "is a list whose rows differ in length")] : []
    let present = elements.filter { $0.kind != "null" }
    if !present.isEmpty, present.allSatisfy({ $0.boolValue != nil }) {
      datatype = .bool
    } else if !present.isEmpty, present.allSatisfy({ $0.stringValue != nil }) {
      datatype = .bytes
    } else if present.contains(where: { $0.numberValue != nil }) {
      datatype = .fp64
    }
    for (index, element) in elements.enumerated() {
      let text = datatype.map { Self.issue(with: element, of: $0) } ?? (present.isEmpty ? "is null" : nil)
      if let text { issues.append(Issue(place: "\(place)[\(index)]", text: text)) }
      // An object's numbers are as much part of the prediction.
      guard let object = element.objectValue else { continue }
      if object.count == 0 { issues.append(Issue(place: "\(place)[\(index)]", text: "is an empty object")) }
      issues += element.leaves().compactMap { way, value in
        let isNumber = value.numberValue != nil || value.kind == "null"
        return (isNumber ? Self.issue(with: value, of: .fp64) : nil).map {
          Issue(place: "\(place)[\(index)]\(way)", text: $0)
        }
      }
    }
  }

  /// Takes the shape that a reply claims, and looks whether the elements fill it.
  mutating func takeShape(_ value: JSONValue?) {
    issues = Self.shapeIssues(value, count: elements.count, place: "outputs.\(name)") + issues
    let sizes = value?.arrayValue?.map { $0.int64Value.flatMap { Int(exactly: $0) } }
    shape = sizes?.contains(nil) == false ? sizes?.compactMap { $0 } : nil
  }

  /// Takes in the same output about the rows that follow.
  mutating func append(_ other: OutputTensor) {
    elements += other.elements
    issues += other.issues
    guard let mine = shape, let theirs = other.shape, let rows = mine.first, let more = theirs.first,
      mine.dropFirst() == theirs.dropFirst()
    else {
      shape = nil
      return
    }
    shape = [rows + more] + mine.dropFirst()
  }

  private static func shapeIssues(_ shape: JSONValue?, count: Int, place: String) -> [Issue] {
    guard let dimensions = shape?.arrayValue?.map(\.int64Value), !dimensions.contains(where: { ($0 ?? -1) < 0 }) else {
      return [Issue(place: place, text: shape == nil ? "has no shape" : "has an unusable shape")]
    }
    var product: Int64 = 1
    for dimension in dimensions {
      let (result, overflow) = product.multipliedReportingOverflow(by: dimension ?? 0)
      product = overflow ? .max : result
    }
    guard product != Int64(count) else { return [] }
    let shape = "[" + dimensions.map { String($0 ?? 0) }.joined(separator: ", ") + "]"
    return [Issue(place: place, text: "has \(count) elements, but its shape \(shape) needs \(product)")]
  }

  private static func elementIssues(_ elements: [JSONValue], _ datatype: Datatype, place: String) -> [Issue] {
    var issues: [Issue] = []
    for (index, element) in elements.enumerated() {
      guard let text = issue(with: element, of: datatype) else { continue }
      issues.append(Issue(place: "\(place)[\(index)]", text: text))
    }
    return issues
  }

  /// What is wrong with an element of a type; nil for nothing.
  static func issue(with element: JSONValue, of datatype: Datatype) -> String? {
    if case .null = element { return "is null" }
    switch datatype.family {
    case .boolean: return element.boolValue == nil ? "is a \(element.kind), not a boolean" : nil
    case .text: return element.stringValue == nil ? "is a \(element.kind), not a text" : nil
    case .integer, .floating:
      guard let number = element.doubleValue else { return "is a \(element.kind), not a number" }
      guard number.isFinite else { return "is \(number.isNaN ? "NaN" : number < 0 ? "-Infinity" : "Infinity")" }
      if datatype.family == .integer, number != number.rounded() { return "is not a whole number" }
      return element.numberValue.map(datatype.holds) == false ? "is \(element), which no \(datatype.rawValue) is" : nil
    }
  }
}
