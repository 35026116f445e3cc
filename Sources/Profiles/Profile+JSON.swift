package import JSON
internal import Scan

/// The file of a profile: what a person wants to read first, the sketches behind it.
///
/// Of each column the file says in plain numbers what the sketches hold; only the sketches are read back. Those of
/// distinct, frequent and ordered values have the formats of Apache DataSketches.
extension Profile {
  /// Writes the file piece by piece: of very many columns its text is larger than all that it says.
  package func write<Failure: Error>(_ emit: ([UInt8]) throws(Failure) -> Void) throws(Failure) {
    var checksum = ProfileChecksum()
    for (key, value) in head {
      try emit(Self.line(key, isFirst: checksum.isEmpty) + JSONWriter.pretty.bytes(value, depth: 1))
      checksum.add(key, value)
    }
    try emit(Self.line("columns", isFirst: false))
    checksum.begin("columns")
    for (index, column) in columns.enumerated() {
      let json = column.expanded.json
      try emit(Array((index == 0 ? "[\n    " : ",\n    ").utf8) + JSONWriter.pretty.bytes(json, depth: 2))
      checksum.addElement(json)
    }
    checksum.endArray()
    try emit(Array((columns.isEmpty ? "[]" : "\n  ]").utf8))
    try emit(Self.line("checksum", isFirst: false) + JSONWriter.pretty.bytes(.string(checksum.text)))
    try emit(Array("\n}\n".utf8))
  }

  private static func line(_ key: String, isFirst: Bool) -> [UInt8] {
    Array((isFirst ? "{" : ",").utf8) + Array("\n  ".utf8) + JSONWriter.pretty.bytes(.string(key)) + Array(": ".utf8)
  }

  /// What stands before the columns.
  private var head: [(String, JSONValue)] {
    let head: [(String, JSONValue)] = [
      ("cupel_profile", .number(JSONNumber(Int64(Self.version)))), ("source", .string(source)),
    ]
    let mark = samples.isEmpty ? [] : [("samples_of", JSONValue.array(samples.map { .string($0) }))]
    let late = lateColumns.isEmpty ? [] : [("columns_left_out", JSONValue.array(lateColumns.map { .string($0) }))]
    let whole: [(String, JSONValue)] = [
      ("rows", .count(rows)), ("records_that_are_no_rows", .count(defects)), ("digest", .string(digest)),
    ]
    let reason = acceptedBecause.map { [("accepted_because", JSONValue.string($0))] } ?? []
    return head + reason + mark + whole + late
  }

  /// Reads a profile back.
  package init(json: JSONValue, name: String) throws(ProfileError) {
    guard let version = json["cupel_profile"]?.int64Value else {
      throw ProfileError("\(name) is no profile", hint: "cupel data profile SOURCE -o FILE makes one")
    }
    guard version == Int64(Self.version) else {
      throw ProfileError("\(name) is a profile of version \(version); this version of cupel reads \(Self.version)")
    }
    if let checksum = json["checksum"], checksum.stringValue != ProfileChecksum(of: json).text {
      throw ProfileError(
        "\(name) was changed after it was saved: its checksum is not that of what it says", hint: "make it again")
    }
    guard let rows = json["rows"]?.countValue, let columns = json["columns"]?.arrayValue else {
      throw ProfileError("\(name) is a damaged profile: it has no rows or columns", hint: "make it again")
    }
    let samples = json["samples_of"]?.arrayValue?.map(\.stringValue) ?? []
    guard samples.allSatisfy({ $0 != nil }), json["samples_of"] == nil || !samples.isEmpty else {
      throw ProfileError("\(name) is a damaged profile: it does not say what it samples", hint: "make it again")
    }
    var summaries: [ColumnSummary] = []
    for column in columns {
      do {
        summaries.append(try ColumnSummary(json: column))
      } catch {
        throw ProfileError("\(name) is a damaged profile: \(error.message)", hint: "make it again")
      }
    }
    guard json["checksum"] != nil else {
      throw ProfileError(
        "\(name) has no checksum: it was changed after it was saved, or saved before profiles had one",
        hint: "make it again")
    }
    self.init(
      source: json["source"]?.stringValue ?? name, samples: samples.compactMap { $0 }, rows: rows,
      defects: json["records_that_are_no_rows"]?.countValue ?? 0, columns: summaries,
      lateColumns: json["columns_left_out"]?.arrayValue?.compactMap(\.stringValue) ?? [])
    acceptedBecause = json["accepted_because"]?.stringValue
  }
}

extension ColumnSummary {
  fileprivate var json: JSONValue {
    let name: [(String, JSONValue)] = [("name", .string(column)), ("type", .string((type ?? .null).words))]
    let frequent = mostFrequent(20).map {
      JSONValue.object([("value", .string($0.value)), ("at_least", .count($0.atLeast)), ("at_most", .count($0.atMost))])
    }
    let digest = Hexadecimal.text(self.digest.h1) + Hexadecimal.text(self.digest.h2)
    let sketches = images.map { ($0.name, JSONValue.string(Base64.encode($0.bytes))) }
    return .object(
      name + self.readable + (frequent.isEmpty ? [] : [("frequent", .array(frequent))])
        + [("digest", .string(digest)), ("sketches", .object(sketches))])
  }

  fileprivate init(json: JSONValue) throws(ScanError) {
    func damaged(_ what: String) -> ScanError { ScanError(.malformed, what) }
    guard let name = json["name"]?.stringValue else { throw damaged("a column has no name") }
    guard let type = json["type"]?.stringValue, let rows = json["rows"]?.countValue,
      let nulls = json["nulls"]?.countValue, nulls <= rows, let digest = json["digest"]?.stringValue,
      let h1 = UInt64(digest.prefix(16), radix: 16), let h2 = UInt64(digest.dropFirst(16), radix: 16)
    else { throw damaged("the counts of \"\(name)\" are missing") }
    var images: [String: [UInt8]] = [:]
    for member in json["sketches"]?.objectValue?.members ?? [] {
      guard let text = member.value.stringValue, let bytes = Base64.decode(text) else {
        throw damaged("a sketch of \"\(name)\" is no Base64")
      }
      images[member.key] = bytes
    }
    try self.init(name, type: StoredType(words: type), rows: rows, nulls: nulls, digest: (h1, h2), images: images)
  }
}

extension ColumnSketches {
  /// What the sketches hold, as people read it.
  fileprivate var readable: [(String, JSONValue)] {
    var members: [(String, JSONValue)] = [("rows", .count(rows)), ("nulls", .count(nulls))]
    let bounds = distinct.bounds(standardErrors: 2)
    // There are no more different values than values.
    let most = Double(rows - nulls)
    members.append(
      (
        "distinct",
        .object([
          ("estimate", .number(min(distinct.estimate.rounded(), most))),
          ("at_least", .number(min(bounds.lowerBound.rounded(.down), most))),
          ("at_most", .number(min(bounds.upperBound.rounded(.up), most))),
        ])
      ))
    if moments.count > 0 { members.append(("numbers", numbersJSON)) }
    if lengths.count > 0 {
      members.append(
        (
          "lengths",
          .object([
            ("min", .count(lengths.minimum ?? 0)), ("mean", .number(lengths.mean ?? 0)),
            ("max", .count(lengths.maximum ?? 0)),
          ])
        ))
      let types = TypeCensus.types + [.string]
      members.append(
        (
          "reads_as",
          .object(types.map { ($0.rawValue, .count(census.count(ofFinest: $0))) }.filter { $0.1 != .count(0) })
        ))
    }
    if let times {
      members.append(("times", .object(zip(["min", "median", "max"], times).map { ($0, .string($1)) })))
    }
    return members
  }

  /// The least, the median and the greatest of the points in time, or times of day, that its texts are; nil for other texts.
  var times: [String]? {
    guard areInstants || areTimesOfDay, !instants.isEmpty else { return nil }
    return instants.quantiles(at: [0, 0.5, 1]).map(time)
  }

  /// A point in time, or a time of day, as people read it.
  private func time(_ microseconds: Double) -> String {
    if areTimesOfDay { return Literal.text(Int64(saturating: microseconds * 1000), as: .time) }
    let text = Literal.text(Int64(saturating: microseconds), as: .timestamp)
    // Of dates it is a midnight that nobody wrote.
    return census.count(ofFinest: .date) == census.count ? String(text.prefix { $0 != "T" }) : text
  }

  private var numbersJSON: JSONValue {
    var members: [(String, JSONValue)] = [("count", .count(moments.count)), ("nan", .count(moments.nanCount))]
    for (name, value) in [
      ("mean", moments.mean), ("sd", moments.standardDeviation), ("skewness", moments.skewness),
      ("kurtosis", moments.kurtosis), ("min", moments.minimum), ("max", moments.maximum),
    ] {
      if let value, value.isFinite { members.append((name, .number(value))) }
    }
    members.append(("zeros", .count(moments.zeroCount)))
    members.append(("negatives", .count(moments.negativeCount)))
    let ranks = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]
    let values = zip(["1%", "5%", "25%", "50%", "75%", "95%", "99%"], quantiles.quantiles(at: ranks))
    members.append(("quantiles", .object(values.filter { $0.1.isFinite }.map { ($0.0, .number($0.1)) })))
    members.append(("rank_error", .number(quantiles.normalizedRankError)))
    return .object(members)
  }
}

extension JSONValue {
  static func count(_ value: Int) -> JSONValue { .number(JSONNumber(Int64(value))) }
  static func number(_ value: Double) -> JSONValue { .number(JSONNumber(value)) }

  static func object(_ members: [(String, JSONValue)]) -> JSONValue {
    .object(JSONObject(members.map { JSONObject.Member($0.0, $0.1) }))
  }

  /// A number that is a count.
  var countValue: Int? {
    guard let value = int64Value, value >= 0 else { return nil }
    return Int(value)
  }
}
