internal import Glibc
internal import Subprocess
internal import Synchronization

/// A server that we started: leader of its own process group, its output followed, its end noticed at once.
///
/// The leader is reaped only after its group has been emptied, so the group's number stays ours for as long as we
/// signal it. A process that makes a session or group of its own leaves the group: it is killed after the others. A variable
/// of the environment that every descendant inherits finds it, also when its parents are long gone (as Jenkins finds what
/// a build leaves behind).
package final class ServerProcess: Sendable {
  /// What was started.
  package let command: Command
  /// The leader's process number, which is also the group's.
  package let pid: Int32

  private let log = Mutex(LogTail())
  private let exit = Arrival<ProcessExit>()
  private let drained = Arrival<Void>()
  private let reaped = Arrival<Void>()
  private let draining = Mutex<Task<DrainReport, Never>?>(nil)

  private let mark: Mark

  /// The variable that tells what one server has started from everything else.
  private struct Mark: Sendable {
    static let name = "CUPEL_STARTED"
    let value = "\(getpid())-\(UInt64.random(in: 0...UInt64.max))"
    var entry: String { "\(Self.name)=\(value)" }
  }

  /// The processes of servers whose starter is gone without having stopped them: killed, as by KILL. By name and number.
  package static func leftovers() -> [String] {
    ProcessEntry.all().filter { process in
      guard !process.hasEnded, let mark = process.value(of: Mark.name),
        let starter = mark.split(separator: "-").first.flatMap({ Int32($0) })
      else { return false }
      return ProcessEntry(pid: starter)?.hasEnded ?? true
    }.map(\.words)
  }

  private init(command: Command, pid: Int32, mark: Mark) {
    self.command = command
    self.pid = pid
    self.mark = mark
  }

  /// Starts a command, runs `body` beside it, and drains the group however `body` ends: by returning, by throwing, or
  /// because the task is cancelled, in which case draining begins at once.
  ///
  /// Throws `LaunchError` when the command cannot be started, else what `body` throws.
  package static func run<Success>(
    _ command: Command,
    grace: Duration = .seconds(10),
    asking: DrainTarget = .group,
    isolation: isolated (any Actor)? = #isolation,
    _ body: (ServerProcess) async throws -> Success
  ) async throws -> Success {
    let server = try await launch(command)
    return try await withTaskCancellationHandler {
      do {
        let result = try await body(server)
        _ = await server.drain(grace: grace, asking: asking)
        return result
      } catch {
        _ = await server.drain(grace: grace, asking: asking)
        throw error
      }
    } onCancel: {
      server.beginDraining(grace: grace, asking: asking)
    }
  }

  /// The end of what it has written so far, standard output and standard error in one.
  package var logTail: LogTail { log.withLock { $0 } }

  /// How the leader ended, or nil while it runs. By then `logTail` holds the last of its output.
  package var exitStatus: ProcessExit? { exit.value }

  /// Whether the leader has ended, of which its `exitStatus` may tell later.
  package var hasEnded: Bool { exit.value != nil || ExitWatch.hasEnded(pid) }

  /// Waits for the leader's end, whatever its status. Nil when the waiting task is cancelled first.
  package func waitForExit() async -> ProcessExit? { await exit.wait() }

  /// Ends the whole group: TERM to all of it or to its leader, up to `grace` for all of it to leave, then KILL until nothing is left, also when the
  /// leader has long gone. Not cancellable. Later calls return the first one's report.
  package func drain(grace: Duration, asking: DrainTarget = .group) async -> DrainReport {
    await beginDraining(grace: grace, asking: asking).value
  }

  @discardableResult
  private func beginDraining(grace: Duration, asking: DrainTarget) -> Task<DrainReport, Never> {
    draining.withLock { task in
      if let task { return task }
      let new = Task.detached { await self.emptyGroup(grace: grace, asking: asking) }
      task = new
      return new
    }
  }

  private func emptyGroup(grace: Duration, asking: DrainTarget) async -> DrainReport {
    let start = ContinuousClock.now
    let group = ProcessGroup(leader: pid)
    // A process that cleans its environment is only found while its parents are there.
    let early = group.strays(markedBy: mark.entry)
    let emptied = await group.empty(grace: grace, asking: asking)
    let duration = start.duration(to: .now)
    let late = group.strays(markedBy: mark.entry).filter { process in !early.contains { $0.pid == process.pid } }
    let killedStrays = await ProcessGroup.kill(early + late).map(\.words)
    drained.fulfil(())
    if case .survived(let processes) = emptied {
      return DrainReport(
        outcome: .survived(processes: processes), exit: exit.value, duration: duration, strays: killedStrays)
    }
    let exit = await exit.waitRegardless()
    await reaped.waitRegardless()
    var report = DrainReport(outcome: .terminated, exit: exit, duration: duration, strays: killedStrays)
    switch emptied {
    case .wasEmpty: report.outcome = .wasGone
    case .terminated: break
    case .killed(let processes):
      report.outcome = .killed(processes: processes.count)
      report.killed = processes.map(\.words)
    case .survived(let processes): report.outcome = .survived(processes: processes)
    }
    return report
  }

  /// Starts the command in a task of its own, which ends when the group has been drained and the leader reaped.
  private static func launch(_ command: Command) async throws(LaunchError) -> ServerProcess {
    let mark = Mark()
    var marked = command
    marked.environment[Mark.name] = mark.value
    let configuration = try marked.configuration()
    let launched = Arrival<Result<ServerProcess, LaunchError>>()
    Task.detached {
      do {
        _ = try await Subprocess.run(
          configuration, input: .none, output: .sequence, error: .combinedWithOutput
        ) { execution in
          let server = ServerProcess(
            command: command, pid: execution.processIdentifier.value, mark: mark)
          launched.fulfil(.success(server))
          await server.follow(execution.standardOutput)
        }
      } catch {
        launched.fulfil(.failure(command.launchError(error)))
      }
      if case .success(let server) = launched.value { server.reaped.fulfil(()) }
    }
    return try await launched.waitRegardless().get()
  }

  private func follow(_ output: SubprocessOutputSequence) async {
    let ended = ExitWatch.begin(pid)
    await output.forEachPiece(leader: ended) { piece in
      log.withLock { $0.append(piece) }
      return true
    }
    exit.fulfil(await ended.waitRegardless())
    await drained.waitRegardless()
  }
}
