import TestSupport
import Testing

@testable import Processes

/// What cannot be started says why.
@Suite struct LaunchErrorTests {
  private func launchFailure(_ command: Command) async -> LaunchError? {
    do {
      try await ServerProcess.run(command) { _ in }
      return nil
    } catch {
      return error as? LaunchError
    }
  }

  @Test func notFoundNamesThePath() async {
    let command = Command(["cupel-no-such-program"], environment: ["PATH": "/usr/bin:relative::/bin"])
    let error = await launchFailure(command)
    #expect(error == .notFound(program: "cupel-no-such-program", searched: ["/usr/bin", "/bin"]))
    #expect(error?.description.contains("/usr/bin:/bin") == true)
    #expect(
      await launchFailure(Command(["/no/such/file"]))
        == .notFound(program: "/no/such/file", searched: ["/no/such/file"]))
  }

  @Test func filesThatCannotRun() async throws {
    let folder = try TemporaryFolder()
    let plain = try folder.write("#!/bin/sh\n", to: "plain")
    let orphan = try folder.write("#!/no/such/interpreter\n", to: "orphan", mode: 0o755)
    let text = try folder.write("just words\n", to: "text", mode: 0o755)
    for path in [plain, orphan, text, folder.path] {
      let error = await launchFailure(Command([path]))
      #expect(error?.kind == "not-executable", "\(path): \(String(describing: error))")
    }
    // A name in PATH that cannot run is reported as such, not as missing.
    let named = await launchFailure(Command(["plain"], environment: ["PATH": folder.path]))
    #expect(named?.kind == "not-executable")
  }

  @Test func workingDirectories() async throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("", to: "file")
    _ = try folder.write("#!/bin/sh\nexit 0\n", to: "tool", mode: 0o755)
    for path in [file, folder.path + "/missing"] {
      #expect(await launchFailure(Command(["true"], workingDirectory: path))?.kind == "bad-working-directory")
    }
    // A relative program is looked up from the working directory.
    #expect(await launchFailure(Command(["./tool"], workingDirectory: folder.path)) == nil)
    #expect(await launchFailure(Command(["./tool"], workingDirectory: "/"))?.kind == "not-found")
  }

  @Test func wordsThatNoProgramCanGet() async {
    #expect(await launchFailure(Command([])) == .emptyCommand)
    #expect(await launchFailure(Command([""])) == .emptyCommand)
    #expect(await launchFailure(Command(["true", "a\0b"]))?.kind == "launch-failed")
    #expect(await launchFailure(Command(["true"], environment: ["A=B": "c"]))?.kind == "launch-failed")
  }
}
