import TestSupport
import Testing

/// libcurl is loaded when something is asked over the network, and not before.
@Suite struct LazyLibraryTests {
  private let work: TemporaryFolder

  init() throws {
    work = try TemporaryFolder()
    try work.write("id\n1\n", to: "t.csv")
    try work.write(
      """
      version: 1
      data: {t: {source: t.csv, columns: {id: {required: true}}}}
      endpoints:
        e: {url: "http://127.0.0.1:9", ready: {path: /, within: 60s}, checks: [{request: {path: /}}]}

      """, to: "cupel.yaml")
    // What the dynamic loader finds first, and cannot load.
    for library in ["libcurl.so.4", "libcurl-gnutls.so.4"] { try work.write("no library\n", to: "lib/\(library)") }
  }

  @Test func aGateWithoutAnEndpointNeedsNone() async throws {
    let run = try await CupelBinary.run(
      ["run", "--only", "data.*"], in: work.path, environment: ["LD_LIBRARY_PATH": work.path + "/lib"])
    #expect(run.exitCode == 0, "\(run.output)\(run.error)")
  }

  @Test func anEndpointSaysWhatIsAbsent() async throws {
    let run = try await CupelBinary.run(
      ["run"], in: work.path, environment: ["LD_LIBRARY_PATH": work.path + "/lib"])
    #expect(run.exitCode == 3)
    #expect(run.output.contains("No request can be sent: \(work.path)/lib/libcurl.so.4"), "\(run.output)\(run.error)")
    #expect(run.output.contains("Install libcurl 7.85 or later"))
  }
}
