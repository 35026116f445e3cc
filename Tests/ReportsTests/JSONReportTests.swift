import JSON
import Testing
import Verdict

@testable import Reports

@Suite struct JSONReportTests {
  private func read(_ run: RunResult) throws -> JSONValue { try JSONParser.parse(JSONReport().render(run)) }

  // MARK: - The schema that ships

  /// The keywords that `rules/result.schema.json` uses, and no others: an unknown one is a mistake in the schema.
  private struct Schema {
    var root: JSONValue

    func faults(_ value: JSONValue, _ schema: JSONValue, at path: String = "$") throws -> [String] {
      var faults: [String] = []
      for member in try #require(schema.objectValue).members {
        switch member.key {
        case "$schema", "title", "description", "$defs", "format", "pattern", "additionalProperties", "minimum": break
        case "$ref":
          let name = try #require(member.value.stringValue?.split(separator: "/").last)
          faults += try self.faults(value, try #require(root["$defs"]?[String(name)]), at: path)
        case "type":
          let types = member.value.arrayValue ?? [member.value]
          if !types.contains(where: { Self.matches(value, $0.stringValue ?? "") }) { faults.append("\(path): type") }
        case "const": if value != member.value { faults.append("\(path): const") }
        case "enum": if member.value.arrayValue?.contains(value) != true { faults.append("\(path): \(value)") }
        case "anyOf":
          let branches = try #require(member.value.arrayValue).map { try self.faults(value, $0, at: path) }
          if !branches.contains(where: \.isEmpty) { faults += branches.flatMap { $0 } }
        case "items":
          for (index, element) in (value.arrayValue ?? []).enumerated() {
            faults += try self.faults(element, member.value, at: "\(path)[\(index)]")
          }
        case "properties": faults += try properties(value, schema, at: path)
        case "required":
          for key in try #require(member.value.arrayValue).compactMap(\.stringValue)
          where value.objectValue != nil && value[key] == nil { faults.append("\(path): no \(key)") }
        default: faults.append("\(path): unknown keyword \(member.key)")
        }
      }
      if let minimum = schema["minimum"]?.doubleValue, let number = value.doubleValue, number < minimum {
        faults.append("\(path): minimum")
      }
      return faults
    }

    private func properties(_ value: JSONValue, _ schema: JSONValue, at path: String) throws -> [String] {
      var faults: [String] = []
      let properties = try #require(schema["properties"]?.objectValue)
      let required = schema["required"]?.arrayValue?.compactMap(\.stringValue)
      #expect(schema["additionalProperties"]?.boolValue == false, "\(path) must be closed")
      #expect(required == properties.members.map(\.key), "\(path): every key is always there, in this order")
      guard let object = value.objectValue else { return [] }
      if object.members.map(\.key) != properties.members.map(\.key) { faults.append("\(path): keys or their order") }
      for member in object.members {
        guard let schema = properties[member.key] else { continue }
        faults += try self.faults(member.value, schema, at: "\(path).\(member.key)")
      }
      return faults
    }

    private static func matches(_ value: JSONValue, _ type: String) -> Bool {
      type == value.kind || (type == "integer" && value.int64Value != nil)
    }
  }

  @Test func sampleMatchesTheSchema() throws {
    let schema = Schema(root: try JSONParser.parse(try TestFiles.read("rules/result.schema.json", from: .repository)))
    for run in [SampleRun.run, SampleRun.brokenConfig] { #expect(try schema.faults(read(run), schema.root) == []) }
  }

  @Test(arguments: GeneratedRun.seeds) func everyDocumentMatchesTheSchema(seed: UInt64) throws {
    let schema = Schema(root: try JSONParser.parse(try TestFiles.read("rules/result.schema.json", from: .repository)))
    #expect(try schema.faults(read(GeneratedRun.make(seed: seed)), schema.root) == [])
  }

  @Test func theSchemaNamesEveryVerdictAndExitCode() throws {
    let schema = try JSONParser.parse(try TestFiles.read("rules/result.schema.json", from: .repository))
    let codes = schema["properties"]?["exit_code"]?["enum"]?.arrayValue?.compactMap(\.int64Value)
    #expect(codes == ExitStatus.allCases.map { Int64($0.rawValue) })
  }

  // MARK: - Values

  @Test func numbersKeepTheirPrecision() throws {
    var run = SampleRun.run
    run.findings[3].evidence.observed = Quantity(0.1 + 0.2)
    run.findings[3].evidence.limit = .between(Quantity(0), Quantity(.infinity, .rows))
    let check = try #require(read(run)["checks"]?[3])
    #expect(check["observed"]?["value"]?.doubleValue == 0.1 + 0.2)
    #expect(check["observed"]?["unit"] == JSONValue.null)
    #expect(check["limit"]?["at_most"] == "Infinity")
  }

  @Test func textsArriveUnchanged() throws {
    let run = GeneratedRun.make(seed: 3)
    let checks = try #require(read(run)["checks"]?.arrayValue)
    try #require(checks.count == run.findings.count && !checks.isEmpty)
    for (check, finding) in zip(checks, run.findings) {
      #expect(check["id"]?.stringValue == finding.id.description)
      #expect(check["message"]?.stringValue == finding.message)
      #expect(check["samples"]?.arrayValue?.map { $0["value"]?.stringValue } == finding.evidence.samples.map(\.value))
      #expect(check["outcome"]?.stringValue == finding.outcome.rawValue)
      #expect(check["location"]?["line"]?.int64Value == finding.location.map { Int64($0.line) })
    }
  }

  @Test(arguments: ["", "{}", "{\"schema_version\": 2}", "{\"schema_version\": 1"]) func refusesOtherDocuments(
    text: String
  ) {
    #expect(throws: ReportError.self) { try JSONReport().check(Array(text.utf8)) }
  }
}
