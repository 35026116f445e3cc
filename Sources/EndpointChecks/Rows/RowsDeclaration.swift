internal import JSON
internal import Language
internal import Scan
internal import Verdict

/// `rows:`: which rows an endpoint is asked about: those of a file, or some that are written in the config.
struct RowsDeclaration: Sendable {
  var source: Source
  /// The columns that are sent; nil for those that the model declares, or for all.
  var features: [Located<String>]?
  /// At most so many rows are read; nil for as many as the check wants.
  var limit: Int?

  enum Source: Sendable {
    case file(Located<String>)
    case inline(FeatureRows)
  }

  /// A smoke test asks about some rows, and says that there are more.
  static let smokeLimit = 1000
  /// What compares each row with what is expected of it compares all of them.
  static let wholeLimit = 1_000_000

  /// Why there are no rows to ask about.
  struct Problem: Error {
    var message: String
    var reason: Reason
  }

  /// A path; a list of rows, `[{distance: 1400, carrier: AA}]`; or a mapping with the path and more.
  static var shape: Shape<RowsDeclaration> {
    let path = Shape<String>.name.located.map { RowsDeclaration(source: .file($0)) }
    let inline = Shape<JSONValue>.json.map { value, node, problems -> RowsDeclaration? in
      switch rows(of: value) {
      case .success(let rows): return RowsDeclaration(source: .inline(rows))
      case .failure(let mistake):
        problems.report(mistake.message, at: node.location, help: ["write [{distance: 1400, carrier: AA}], or a path"])
        return nil
      }
    }
    return long.when(\.isMapping, otherwise: inline.when(\.isSequence, otherwise: path))
  }

  private struct Long {
    var file: Located<String>?
    var features: [Located<String>]?
    var limit: Int?
  }

  private static var long: Shape<RowsDeclaration> {
    Shape<Long>.object(
      Long(),
      [
        .key(
          "file", \.file, Shape<String>.name.located.optional, "A file of rows, in any format that datasets have.",
          required: true),
        .optional(
          "features", \.features, Shape<String>.name.located.list,
          "The columns that are sent; those that the model declares, or all, when left out."),
        .optional(
          "limit", \.limit, .integer(in: 1...wholeLimit),
          "At most so many rows are read; all by golden and parity, 1000 by the others."),
      ]
    ).map { long, node, problems in
      if let features = long.features, features.isEmpty {
        problems.report("no feature is named here, so nothing would be sent", at: node.location)
      }
      return long.file.map { RowsDeclaration(source: .file($0), features: long.features, limit: long.limit) }
    }
  }

  private struct Mistake: Error { var message: String }

  /// Rows written as objects: a name that one of them lacks is a missing value.
  private static func rows(of value: JSONValue) -> Result<FeatureRows, Mistake> {
    let records = value.arrayValue ?? []
    guard !records.isEmpty else { return .failure(Mistake(message: "there is no row here, so nothing would be asked")) }
    var names: [String] = []
    for record in records {
      guard let object = record.objectValue else {
        return .failure(Mistake(message: "a row is a mapping from features to values"))
      }
      for member in object.members where !names.contains(member.key) { names.append(member.key) }
    }
    guard !names.isEmpty else { return .failure(Mistake(message: "the rows have no features")) }
    return .success(
      FeatureRows(names.map { name in .init(name: name, values: records.map { $0[name] ?? .null }) }))
  }

  /// Rows with all their columns.
  struct Loaded: Sendable {
    var rows: FeatureRows
    /// Says that the file has more rows than were read; nil when these are all.
    var remark: String?
  }

  /// Reads the rows. A file is found from the folder of the config.
  ///
  /// - Parameter standard: how many are read at most when the config does not say.
  func load(_ folders: EndpointFolders, atMost standard: Int) throws(Problem) -> Loaded {
    switch source {
    case .inline(let rows): return Loaded(rows: rows)
    case .file(let path):
      let (rows, isWhole): (FeatureRows, Bool)
      do throws(ScanError) {
        (rows, isWhole) = try FeatureRows.beginning(of: Self.source(path.value, folders), rows: limit ?? standard)
      } catch {
        throw Problem(message: error.message + (error.hint.map { "; \($0)" } ?? ""), reason: .io)
      }
      guard rows.count > 0 else {
        throw Problem(message: "\(path.value) has no rows, so nothing can be asked", reason: .nothingToEvaluate)
      }
      let count = Quantity.grouped(rows.count)
      return Loaded(
        rows: rows,
        remark: isWhole
          ? nil : "\(path.value) has more rows than the first \(count), which were read (rows: {limit: …})")
    }
  }

  private static func source(_ path: String, _ folders: EndpointFolders) -> TableSource {
    let pattern = folders.resolve(path)
    let files = FilePattern.files(pattern).map { TableFile(path: $0, displayedAs: $0 == pattern ? path : $0) }
    var options = TableOptions()
    if files.first?.isNamed(".tsv") == true { options.dialect.delimiter = UInt8(ascii: "\t") }
    return TableSource(files: files, named: path, options)
  }
}
