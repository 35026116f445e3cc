import TestSupport
import Testing

/// The schemas in `rules/` are the ones that the decoders are made of.
@Suite struct SchemaTests {
  @Test(arguments: [("config", "cupel.schema.json"), ("rules", "rules.schema.json"), ("junit", "junit.xsd")])
  func fileIsWhatTheCommandPrints(name: String, file: String) async throws {
    let work = try TemporaryFolder()
    let printed = try await CupelBinary.run(["schema", name], in: work.path).output
    let stored = try Repository.text("rules/\(file)")
    #expect(printed == stored, "rules/\(file) is out of date: make schemas")
  }
}
