import Glibc
import TestSupport
import Testing

@testable import Processes

/// Short programs: everything they wrote, or a typed reason why not, and nothing left behind.
@Suite struct CaptureTests {
  private func failure(_ argv: [String], timeout: Duration = .seconds(60), limit: Int = 1 << 20) async -> CaptureError?
  {
    do throws(CaptureError) {
      _ = try await Command.capture(argv, timeout: timeout, maximumOutput: limit)
      return nil
    } catch {
      return error
    }
  }

  @Test func bothStreamsAndTheStatus() async throws {
    let output = try await Command.capture(["sh", "-c", "printf 'a\\0b'; printf err >&2; exit 4"])
    #expect(output.standardOutput == [0x61, 0, 0x62])
    #expect(output.standardError == Array("err".utf8))
    #expect(output.exit == .exited(status: 4))
    #expect(!output.exit.isSuccess)
  }

  @Test func largeOutputArrivesWhole() async throws {
    // The time is for a machine on which hundreds of other tests want the same cores.
    let output = try await Command.capture(
      ["sh", "-c", "head -c 5000000 /dev/zero; head -c 300000 /dev/zero >&2"], timeout: .seconds(300))
    #expect(output.standardOutput.count == 5_000_000)
    #expect(output.standardError.count == 300_000)
    #expect(output.exit.isSuccess)
  }

  @Test func environmentFolderAndArguments() async throws {
    let folder = try TemporaryFolder()
    let output = try await Command.capture(
      ["sh", "-c", "pwd -P; echo $X; echo \"$1\"", "sh", "a  b; $X"], workingDirectory: folder.path,
      environment: ["X": "y"])
    #expect(String(decoding: output.standardOutput, as: UTF8.self) == "\(folder.path)\ny\na  b; $X\n")
  }

  @Test(arguments: [0, 1, 1000])
  func theLimitIsExact(size: Int) async {
    let argv = ["head", "-c", "\(size)", "/dev/zero"]
    #expect(await failure(argv, limit: size) == nil)
    if size > 0 { #expect(await failure(argv, limit: size - 1) == .tooMuchOutput(program: "head", limit: size - 1)) }
  }

  @Test(arguments: ["yes", "trap '' PIPE TERM; while :; do echo y; done", "yes >&2"])
  func endlessOutputIsCutOff(script: String) async {
    #expect(await failure(["sh", "-c", script], limit: 10_000) == .tooMuchOutput(program: "sh", limit: 10_000))
  }

  @Test(arguments: ["sleep 1000", "sleep 1000 & wait", "exec >/dev/null 2>&1; sleep 1000"])
  func timeUp(script: String) async {
    let error = await failure(["sh", "-c", script], timeout: .milliseconds(100))
    #expect(error == .timedOut(program: "sh", limit: .milliseconds(100)))
  }

  @Test func leftBehindChildrenAreEnded() async throws {
    // The child holds both streams open; its parent is gone at once.
    let output = try await Command.capture(["sh", "-c", "sleep 1000 & echo $$"])
    let text = String(decoding: output.standardOutput, as: UTF8.self)
    let group = try #require(Int32(text.dropLast()))
    #expect(ProcessGroup(leader: group).livingMembers() == [])
  }

  @Test func cancellation() async throws {
    let task = Task { await failure(["sleep", "1000"]) }
    task.cancel()
    #expect(await task.value == .cancelled(program: "sleep"))
  }

  @Test func launchFailuresPassThrough() async {
    #expect(
      await failure(["/no/such/tool"])
        == .launch(.notFound(program: "/no/such/tool", searched: ["/no/such/tool"])))
  }
}
