package import Planning
package import Scan
internal import Verdict

/// Conservative rules that a table keeps: what `cupel init` writes, for a person to tighten.
///
/// Law: the rules inferred from a table that is not empty pass on that table.
package struct StarterRules: Sendable {
  package private(set) var rows = 0
  package private(set) var columns: [Column] = []

  /// What is said of one column, in the words of the rule language.
  package struct Column: Sendable, Equatable {
    package var name: String
    /// The key and value pairs, the values as YAML.
    package var rules: [(key: String, value: String)]
    /// What was seen, for a person who decides whether the rules are right.
    package var remark = ""

    package static func == (a: Column, b: Column) -> Bool {
      a.name == b.name && a.rules.map(\.key) == b.rules.map(\.key) && a.rules.map(\.value) == b.rules.map(\.value)
    }
  }

  /// Below this many rows a set of values says nothing about the values to come.
  private static let rowsForSets = 100

  /// Reads the table once and infers its rules.
  package init(from backend: inout some Backend) async throws(ScanError) {
    let fields = try backend.fields()
    var plan = Plan()
    let table = try SoundTable(fields, &plan)
    let slots = fields.map { field in
      field.type.isRead
        ? (
          plan.require(ColumnCensus.Specification(field.name)),
          plan.require(DuplicateKeys.Specification([field.name], as: [field.name: .integer]))
        )
        : nil
    }
    let measurements = try await backend.compute(plan)
    rows = try table.rows(measurements)
    guard rows > 0 else {
      throw ScanError(.malformed, "the table has a header and no rows", hint: "rules are inferred from data")
    }
    columns = zip(fields, slots).map { field, slots in
      slots.map { Self.column(field.name, measurements[$0.0], measurements[$0.1], rows: rows) }
        ?? Column(name: field.name, rules: [], remark: "\(field.type.words) is not read, and so no rule")
    }
  }

  private static func column(
    _ name: String, _ census: ColumnCensus, _ keys: DuplicateKeys, rows: Int
  ) -> Column {
    var rules: [(key: String, value: String)] = []
    // A column without a value says nothing: no rule about values is inferred from it.
    guard census.present > 0 else {
      return Column(name: name, rules: [], remark: "no value in any row, and so no rule")
    }
    let type = census.narrowest
    if let type {
      rules.append(("type", type.rawValue))
    } else if let shape = census.shape.onlyShape, shape != .scalar {
      rules.append(("shape", shape.rawValue))
    }
    if census.nulls == 0 {
      rules.append(("required", "true"))
    } else {
      rules.append(("missing", "{at_most: \(Self.roomFor(census.nulls, of: rows))%}"))
    }
    let isUnique = keys.summary.violating == 0 && census.present >= rowsForSets
    if isUnique, type == .integer || type == .string { rules.append(("unique", "true")) }
    rules += limits(census, type, isUnique: isUnique, rows: rows)
    return Column(name: name, rules: rules, remark: remark(census, isUnique: keys.summary.violating == 0, rows: rows))
  }

  /// What bounds the values, with room for those to come.
  private static func limits(
    _ census: ColumnCensus, _ type: ValueType?, isUnique: Bool, rows: Int
  ) -> [(key: String, value: String)] {
    guard let type else { return [] }
    return switch type {
    case .boolean, .time: []
    case .integer, .number: range(census, isIdentifier: isUnique && type == .integer)
    case .date, .timestamp: firstDay(before: census.earliest[type], as: type)
    case .string:
      if let format = census.formats.first {
        [("format", format)]
      } else if rows >= rowsForSets, let distinct = census.distinct, !isUnique {
        [("in", "[" + distinct.map { YAMLScalar.value($0) }.joined(separator: ", ") + "]")]
      } else {
        length(census)
      }
    }
  }

  /// Numbers up to twice what was seen; the sign is kept. An identifier grows.
  private static func range(_ census: ColumnCensus, isIdentifier: Bool) -> [(key: String, value: String)] {
    var rules: [(key: String, value: String)] = []
    guard census.minimum.isFinite, census.maximum.isFinite else {
      // A NaN compares with nothing.
      return census.minimum >= 0 ? [("at_least", "0")] : []
    }
    if census.minimum >= 0 {
      rules.append(("at_least", "0"))
    } else if !isIdentifier, let limit = RoundNumber(atLeast: -2 * census.minimum) {
      rules.append(("at_least", "-\(limit)"))
    }
    if census.maximum <= 0 {
      if census.minimum < 0 { rules.append(("at_most", "0")) }
    } else if !isIdentifier, let limit = RoundNumber(atLeast: 2 * census.maximum) {
      rules.append(("at_most", "\(limit)"))
    }
    return rules
  }

  /// Texts up to twice as long as those that were seen.
  private static func length(_ census: ColumnCensus) -> [(key: String, value: String)] {
    guard let lengths = census.lengths else { return [] }
    let low = lengths.lowerBound > 0 ? "at_least: 1" : nil
    let high = RoundNumber(atLeast: 2 * Double(lengths.upperBound)).map { "at_most: \($0)" }
    let limits = [low, high].compactMap { $0 }
    return limits.isEmpty ? [] : [("length", "{\(limits.joined(separator: ", "))}")]
  }

  /// From the beginning of the year ten years before: what placeholders such as 1900-01-01 are below. Nothing for times
  /// that no calendar on a wall shows.
  private static func firstDay(before earliest: Int64?, as type: ValueType) -> [(key: String, value: String)] {
    let text = earliest.map { Literal.text($0, as: type) } ?? ""
    guard let year = Int(text.prefix(4)), text.dropFirst(4).first == "-", year >= 1010 else { return [] }
    return [(key: "at_least", value: "\(year - 10)-01-01")]
  }

  private static func remark(_ census: ColumnCensus, isUnique: Bool, rows: Int) -> String {
    let share = "\(Quantity(Double(census.nulls), .rows)) of \(Quantity.grouped(rows))"
    var remarks = [census.nulls == 0 ? "a value in every row" : "no value in \(share)"]
    if isUnique {
      remarks.append("every value once")
    } else if let distinct = census.distinct {
      remarks.append(distinct.count == 1 ? "always the same" : "\(distinct.count) different values")
    }
    if census.minimum.isFinite, census.maximum.isFinite {
      remarks.append("from \(Quantity.brief(census.minimum)) to \(Quantity.brief(census.maximum))")
    } else if let type = census.narrowest, let earliest = census.earliest[type] {
      let text = Literal.text(earliest, as: type)
      remarks.append("from \(type == .timestamp && !census.hasZones ? String(text.dropLast()) : text)")
    } else if census.narrowest == nil {
      remarks.append(census.shape.isEmpty ? "values of no one type" : census.shape.words)
    } else if census.narrowest == .string, let lengths = census.lengths {
      let (low, high) = (lengths.lowerBound, lengths.upperBound)
      remarks.append("\(low < high ? "\(low) to " : "")\(high == 1 ? "1 character" : "\(high) characters")")
    }
    return remarks.joined(separator: ", ")
  }

  /// The rules as keys of a rules file, under a heading of `columns:` that stands so many spaces in.
  package func lines(indent: Int, remarks: Bool) -> [String] {
    let margin = String(repeating: " ", count: indent)
    let columns = self.columns.flatMap { column in
      let values = column.rules.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
      let line = "\(margin)  \(YAMLScalar.key(column.name)): {\(values)}"
      return remarks ? ["\(margin)  # \(column.remark)", line] : [line]
    }
    let head = "\(margin)rows: {at_least: \(max(1, rows / 2))}"
    return columns.isEmpty ? [head] : [head, "\(margin)columns:"] + columns
  }

  /// The share of missing values, doubled for room and rounded up to a whole per cent.
  private static func roomFor(_ nulls: Int, of rows: Int) -> Int {
    min(100, (nulls * 200 + rows - 1) / rows)
  }
}
