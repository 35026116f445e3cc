import TestSupport

@testable import Scan

/// Aggregates at random over the columns of a table, with limits and members that are near its values.
struct RandomRequirements {
  /// An aggregate, and what can be seen of it from outside, as text.
  struct Probe {
    let name: String
    let specification: any AggregateSpecification
    let seen: (any Aggregate) -> String

    init<Specification: AggregateSpecification>(
      _ specification: Specification, _ seen: @escaping (Specification.Result) -> Any
    ) {
      name = "\(Specification.Result.self)"
      self.specification = specification
      self.seen = { aggregate in (aggregate as? Specification.Result).map { "\(seen($0))" } ?? "another aggregate" }
    }

    init<Test: RowTest>(_ test: Test) {
      name = "\(Test.self)"
      specification = Violations<Test>.Specification(test)
      seen = { aggregate in (aggregate as? Violations<Test>).map { "\($0.summary)" } ?? "another aggregate" }
    }
  }

  private let fields: [Field]
  /// What the values of the columns are in every reading.
  private var readings: [(reading: ColumnReading, integers: [Int64], numbers: [Double])] = []
  private(set) var dice: SeededGenerator

  init(_ table: KnownTable, _ dice: SeededGenerator) {
    fields = table.fields
    self.dice = dice
    for column in table.columns {
      for type in ValueType.allCases where type != .string {
        let reading = ColumnReading(column.field.name, as: type)
        switch column.stored(column.values.indices).read(column.field.type, as: type) {
        case .integer(let read): readings.append((reading, read.values, []))
        case .number(let read): readings.append((reading, [], read.values))
        case .text: break
        }
      }
    }
  }

  private mutating func one<Value>(_ values: [Value]) -> Value? { values.randomElement(using: &dice) }

  private mutating func roll(_ sides: Int) -> Int { Int.random(in: 0..<sides, using: &dice) }

  var probes: [Probe] {
    mutating get {
      var probes = [Probe(RowCount.Specification()) { $0.rows }, Probe(DefectCount.Specification()) { $0.count }]
      for field in fields where roll(2) == 0 {
        probes.append(Probe(PresenceTest(field.name)))
        probes.append(Probe(PresenceCount.Specification(field.name)) { [$0.rows, $0.present] })
        let names = [field.name, one(fields)?.name ?? field.name]
        probes.append(Probe(CompletenessTest(names, one([.all, .any, .allOrNone]) ?? .all)))
        probes.append(Probe(CastTest(field.name, as: one(ValueType.allCases) ?? .number)))
        probes.append(Probe(LengthTest(field.name, atLeast: 1, atMost: 4)))
        probes.append(Probe(MembershipTest(field.name, as: .string, .texts(["1", "a"]), isNegated: roll(2) == 0)))
      }
      for _ in 0..<40 { probes.append(valueTest()) }
      for _ in 0..<10 {
        let condition = roll(2) == 0 ? truth(depth: 2) : nil
        probes.append(Probe(ExpressionTest(truth(depth: 2), when: condition)))
      }
      let name = one(fields)?.name ?? ""
      // Few, so that there are columns which nobody needs.
      if roll(2) == 0 { probes.append(Probe(DuplicateKeys.Specification([name])) { $0.summary }) }
      if roll(2) == 0 { probes.append(Probe(ColumnCensus.Specification(name)) { [$0.present, $0.nulls] }) }
      return (0..<1 + roll(probes.count)).compactMap { _ in probes.isEmpty ? nil : probes.remove(at: roll(probes.count))
      }
    }
  }

  /// A range or a set around some of the values.
  private mutating func valueTest() -> Probe {
    let (reading, integers, numbers) = readings[roll(readings.count)]
    let type = reading.type ?? .number
    if type == .number {
      let ends = [one(numbers) ?? 0, one(numbers) ?? 0].map { $0.isNaN ? 0 : $0 }.sorted()
      guard roll(2) == 0 else {
        let members = (0..<1 + roll(4)).map { ends[0] + Double($0) }
        return Probe(MembershipTest(reading.column, as: type, .numbers(members), isNegated: roll(2) == 0))
      }
      let slack = Double(roll(4) - 1)
      return Probe(
        RangeTest(
          reading.column, as: type, .number(roll(4) == 0 ? nil : ends[0] - slack, roll(4) == 0 ? nil : ends[1] + slack))
      )
    }
    let ends = [one(integers) ?? 0, one(integers) ?? 0].sorted()
    guard roll(2) == 0 else {
      let members = (0..<1 + roll(9)).map { ends[0] &- 2 &+ Int64($0) }
      return Probe(MembershipTest(reading.column, as: type, .integers(members), isNegated: roll(2) == 0))
    }
    let slack = Int64(roll(4) - 1)
    return Probe(
      RangeTest(
        reading.column, as: type, .integer(roll(4) == 0 ? nil : ends[0] &- slack, roll(4) == 0 ? nil : ends[1] &+ slack)
      ))
  }

  /// A boolean expression.
  mutating func truth(depth: Int) -> RowExpression {
    guard depth > 0, roll(4) > 0 else {
      switch roll(8) {
      case 0: return .isNull(.column(ColumnReading(one(fields)?.name ?? "", as: .number)))
      case 1: return .column(ColumnReading(one(fields)?.name ?? "", as: .boolean))
      case 2: return .truth(one([.yes, .no, .unknown]) ?? .yes)
      case 3:
        return .comparison(
          comparison(), .column(ColumnReading(one(fields)?.name ?? "", as: .string)), .text("1"))
      default: return .comparison(comparison(), number(depth: 1), number(depth: 1))
      }
    }
    switch roll(4) {
    case 3: return .between(number(depth: 2), number(depth: 1), number(depth: 1))
    case 0: return .and(truth(depth: depth - 1), truth(depth: depth - 1))
    case 1: return .or(truth(depth: depth - 1), truth(depth: depth - 1))
    default: return .not(truth(depth: depth - 1))
    }
  }

  private mutating func comparison() -> RowExpression.Comparison {
    one([.equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual]) ?? .equal
  }

  private mutating func number(depth: Int) -> RowExpression {
    let (reading, integers, numbers) = readings[roll(readings.count)]
    switch roll(depth > 0 ? 13 : 7) {
    case 0...3: return .column(reading)
    case 4...6:
      let value = numbers.isEmpty ? Double(one(integers) ?? 0) : one(numbers) ?? 0
      return .number(roll(20) == 0 ? .nan : value + Double(roll(3) - 1))
    case 7...8: return .call("-", [.number], [number(depth: depth - 1)])
    case 10: return .call(one(["abs", "floor", "ceil", "trunc", "sqrt"]) ?? "", [.number], [number(depth: depth - 1)])
    case 11: return .call("*", [.number, .number], [number(depth: depth - 1), number(depth: depth - 1)])
    default:
      return .call("+", [.number, .number], [number(depth: depth - 1), number(depth: depth - 1)])
    }
  }
}
