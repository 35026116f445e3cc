internal import Language
internal import Verdict

/// How far predictions may lie from the expected ones: one tolerance for all outputs, or one for each that is named.
struct OutputTolerances: Sendable, CustomStringConvertible {
  private var common: Tolerance?
  private(set) var named: [(name: Located<String>, value: Tolerance)] = []

  init() {}

  /// What holds for whole numbers where nothing is written: classes and items are the same or not.
  static let exact = Tolerance(absolute: 0)
  /// What holds for other numbers where nothing is written: a part in a million, which is what
  /// single precision and another order of additions
  /// leave the same.
  static let standard = Tolerance(absolute: 1e-9, relative: 1e-6)

  /// The tolerance of an output: the one of its name, the common one, or else none for whole numbers and the standard one
  /// for others, which types of less precision widen.
  func tolerance(of output: String, _ datatype: Datatype?) -> Tolerance {
    if let own = named.first(where: { $0.name.value == output })?.value ?? common { return own }
    if datatype?.family == .integer { return Self.exact }
    guard let coarse = datatype?.precision?.relative else { return Self.standard }
    return Tolerance(absolute: Self.standard.absolute, relative: max(coarse, Self.standard.relative ?? 0))
  }

  /// A tolerance of an output that is not there, or not compared, would hold for nothing: it is a complaint.
  func validate(comparing names: [String], of found: OutputTable) throws(Complaint) {
    for (name, _) in named where !names.contains(name.value) {
      _ = try found.output(name.value, at: name.location)
      throw Complaint(
        .unusable(
          "the output \(name.value) has a tolerance and is not compared, only \(names.joined(separator: ", "))"
        ),
        at: name.location)
    }
  }

  var description: String {
    let names = named.map { "\($0.name.value) within \($0.value)" }
    let rest = common.map { "within \($0)" } ?? (named.isEmpty ? "within \(Self.standard), whole numbers exactly" : nil)
    return ([rest].compactMap { $0 } + names).joined(separator: ", ")
  }

  /// `{absolute: 1e-6, relative: 1%}`, or that for each output: `{probability: {absolute: 1e-6}}`.
  static var shape: Shape<OutputTolerances> {
    let common = Tolerance.shape.map { tolerance in
      var tolerances = OutputTolerances()
      tolerances.common = tolerance
      return tolerances
    }
    let named = Tolerance.shape.dictionary.map { named, node, problems -> OutputTolerances? in
      if named.isEmpty { problems.report("the tolerance is empty", at: node.location) }
      var tolerances = OutputTolerances()
      tolerances.named = named
      return tolerances
    }
    return common.when({ $0[key: "absolute"] != nil || $0[key: "relative"] != nil }, otherwise: named)
  }
}
