import Glibc
import TestSupport
import Testing

@testable import Processes

/// Servers of every temper: none may outlive its scope, as a process or as a zombie.
@Suite struct ServerProcessTests {
  private func shell(_ script: String, _ arguments: String...) -> Command {
    Command(["/bin/sh", "-c", script, "sh"] + arguments)
  }

  /// Polls the log, which announces nothing by itself.
  private func wait(for text: String, in server: ServerProcess) async throws {
    while !server.logTail.text.contains(text) {
      try #require(server.exitStatus == nil)
      try await Task.sleep(for: .milliseconds(2))
    }
  }

  /// Nothing alive in the group, and the leader no longer ours to wait for.
  private func expectGone(_ pid: Int32, _ location: SourceLocation = #_sourceLocation) {
    #expect(ProcessGroup(leader: pid).livingMembers() == [], sourceLocation: location)
    #expect(waitpid(pid, nil, WNOHANG) == -1 && errno == ECHILD, "a zombie is left", sourceLocation: location)
  }

  @Test func politeServerIsTerminated() async throws {
    let (pid, report) = try await ServerProcess.run(shell("echo ready; exec sleep 1000")) { server in
      try await wait(for: "ready", in: server)
      #expect(server.exitStatus == nil)
      #expect(ProcessGroup(leader: server.pid).livingMembers().map(\.pid) == [server.pid])
      return (server.pid, await server.drain(grace: .seconds(60)))
    }
    #expect(report.outcome == .terminated)
    #expect(report.exit == .signalled(signal: SIGTERM))
    #expect(report.isClean)
    expectGone(pid)
  }

  /// What a killed gate has left running is known by what it was started with.
  @Test func leftoversAreFoundByTheirStarter() async throws {
    // Numbers of processes end at 2^22.
    let orphan = shell("echo ready; CUPEL_STARTED=4194999-1 exec sleep 1000")
    try await ServerProcess.run(orphan) { server in
      try await wait(for: "ready", in: server)
      while ProcessEntry(pid: server.pid)?.name != "sleep" { try await Task.sleep(for: .milliseconds(2)) }
      #expect(ServerProcess.leftovers().contains("sleep (\(server.pid))"))
    }
    try await ServerProcess.run(shell("echo ready; exec sleep 1000")) { server in
      try await wait(for: "ready", in: server)
      #expect(!ServerProcess.leftovers().contains { $0.hasSuffix("(\(server.pid))") })
    }
  }

  @Test func serverThatIgnoresTermIsKilled() async throws {
    let script = "trap '' TERM; echo ready; while :; do sleep 0.05; done"
    let (pid, report) = try await ServerProcess.run(shell(script)) { server in
      try await wait(for: "ready", in: server)
      return (server.pid, await server.drain(grace: .milliseconds(200)))
    }
    guard case .killed = report.outcome else {
      Issue.record("\(report)")
      return
    }
    #expect(report.exit == .signalled(signal: SIGKILL))
    #expect(!report.isClean)
    expectGone(pid)
  }

  @Test func childrenThatOutliveTheirLeaderAreKilled() async throws {
    let folder = try TemporaryFolder()
    let script = """
      (trap '' TERM; : > "$1/one"; exec sleep 1000) &
      (trap '' TERM; : > "$1/two"; exec sleep 1000) &
      until [ -e "$1/one" ] && [ -e "$1/two" ]; do sleep 0.01; done
      exit 0
      """
    let (pid, report) = try await ServerProcess.run(shell(script, folder.path)) { server in
      #expect(await server.waitForExit() == .exited(status: 0))
      #expect(ProcessGroup(leader: server.pid).livingMembers().count == 2)
      return (server.pid, await server.drain(grace: .milliseconds(100)))
    }
    #expect(report.outcome == .killed(processes: 2))
    #expect(report.killed.allSatisfy { $0.hasPrefix("sleep (") } && report.killed.count == 2)
    #expect(report.exit == .exited(status: 0))
    expectGone(pid)
  }

  /// The group hears of it; a leader that is asked alone has to pass it on.
  @Test(arguments: [(DrainTarget.group, DrainReport.Outcome.terminated), (.leader, .killed(processes: 1))])
  func childrenLeaveWhenTheyAreAsked(_ target: DrainTarget, _ outcome: DrainReport.Outcome) async throws {
    let folder = try TemporaryFolder()
    let script = "sleep 1000 & : > \"$1/ready\"; wait"
    let report = try await ServerProcess.run(shell(script, folder.path)) { server in
      while !folder.exists("ready") { try await Task.sleep(for: .milliseconds(5)) }
      return await server.drain(grace: target == .group ? .seconds(10) : .milliseconds(300), asking: target)
    }
    #expect(report.outcome == outcome)
    #expect(report.exit == .signalled(signal: SIGTERM))
  }

  /// A process that makes a session of its own gets no signal of the group's.
  @Test func childrenThatLeftTheGroupAreKilledAndNamed() async throws {
    let folder = try TemporaryFolder()
    let script = """
      setsid sh -c ': > "$1/away"; exec sleep 1000' sh "$1" &
      until [ -e "$1/away" ]; do sleep 0.01; done
      : > "$1/ready"
      exec sleep 1000
      """
    let (stray, report) = try await ServerProcess.run(shell(script, folder.path)) { server in
      while !folder.exists("ready") { try await Task.sleep(for: .milliseconds(5)) }
      let strays = ProcessGroup(leader: server.pid).strays(markedBy: "NOBODY=1")
      #expect(strays.count == 1)
      return (strays.first?.pid, await server.drain(grace: .seconds(10)))
    }
    #expect(report.outcome == .terminated)
    #expect(report.strays == ["sleep (\(stray ?? 0))"])
    #expect(!report.isClean)
    #expect(kill(try #require(stray), 0) == -1 || ProcessEntry(pid: stray ?? 0)?.hasEnded == true)
  }

  /// A daemon: its parents are gone before anybody looks.
  @Test func childrenWithoutParentsAreKilledAndNamed() async throws {
    let folder = try TemporaryFolder()
    let script = """
      setsid sh -c 'echo $$ > "$1/away.new"; mv "$1/away.new" "$1/away"; exec sleep 1000' sh "$1" > /dev/null 2>&1 &
      until [ -e "$1/away" ]; do sleep 0.01; done
      """
    let report = try await ServerProcess.run(shell(script, folder.path)) { server in
      #expect(await server.waitForExit() == .exited(status: 0))
      return await server.drain(grace: .seconds(10))
    }
    let daemon = try #require(Int32(folder.text("away").prefix { $0 != "\n" }))
    #expect(report.outcome == .wasGone)
    #expect(report.strays == ["sleep (\(daemon))"])
    #expect(ProcessEntry(pid: daemon).map(\.hasEnded) ?? true)
  }

  @Test func theNumberAloneIsNoIdentity() throws {
    var own = try #require(ProcessEntry(pid: getpid()))
    #expect(own.isAlive)
    own.start += 1
    #expect(!own.isAlive)
    #expect(ProcessEntry(pid: 0) == nil)
  }

  @Test(arguments: [
    ("exit 0", ProcessExit.exited(status: 0)), ("exit 3", .exited(status: 3)), ("exit 255", .exited(status: 255)),
    ("kill -9 $$", .signalled(signal: SIGKILL)), ("kill -TERM $$", .signalled(signal: SIGTERM)),
  ])
  func anyEndIsNoticed(script: String, expected: ProcessExit) async throws {
    let (pid, report) = try await ServerProcess.run(shell("echo last words; " + script)) { server in
      #expect(await server.waitForExit() == expected)
      #expect(server.exitStatus == expected)
      #expect(server.logTail.lines == ["last words"])
      return (server.pid, await server.drain(grace: .seconds(60)))
    }
    #expect(report.outcome == .wasGone)
    #expect(report.exit == expected)
    expectGone(pid)
  }

  @Test func tenMegabytesOfLogStayBounded() async throws {
    let script = "yes 0123456789012345678901234567890123456789012345678 | head -n 200000; echo over >&2"
    try await ServerProcess.run(shell(script)) { server in
      #expect(await server.waitForExit() == .exited(status: 0))
      let tail = server.logTail
      #expect(tail.lines.last == "over")
      #expect(tail.lines.count <= LogTail.maximumLines)
      #expect(tail.omittedLines + tail.lines.count == 200_001)
    }
  }

  @Test func aChattyOrphanDoesNotHideTheLeadersEnd() async throws {
    let (pid, report) = try await ServerProcess.run(shell("yes & exit 7")) { server in
      #expect(await server.waitForExit() == .exited(status: 7))
      return (server.pid, await server.drain(grace: .seconds(60)))
    }
    #expect(report.exit == .exited(status: 7))
    expectGone(pid)
  }

  @Test func drainedWhenTheBodyThrows() async throws {
    struct Trouble: Error {}
    var pid: Int32 = 0
    await #expect(throws: Trouble.self) {
      try await ServerProcess.run(shell("exec sleep 1000")) { server in
        pid = server.pid
        throw Trouble()
      }
    }
    expectGone(pid)
  }

  @Test func drainedWhenTheTaskIsCancelled() async throws {
    let (pids, started) = AsyncStream.makeStream(of: Int32.self)
    let command = shell("exec sleep 1000")
    let task = Task {
      try await ServerProcess.run(command) { server in
        started.yield(server.pid)
        // Deaf to cancellation, as a body may be: the drain must come all the same.
        while server.exitStatus == nil { await Task.yield() }
        return server.exitStatus
      }
    }
    let pid = try #require(await pids.first { _ in true })
    task.cancel()
    #expect(try await task.value == .signalled(signal: SIGTERM))
    expectGone(pid)
  }

  @Test func waitingForTheEndCanBeCancelled() async throws {
    try await ServerProcess.run(shell("exec sleep 1000")) { server in
      let waiting = Task { await server.waitForExit() }
      waiting.cancel()
      #expect(await waiting.value == nil)
      #expect(server.exitStatus == nil)
    }
  }

  @Test func drainingTwiceGivesOneReport() async throws {
    try await ServerProcess.run(shell("exec sleep 1000")) { server in
      async let first = server.drain(grace: .seconds(60))
      async let second = server.drain(grace: .zero)
      #expect(await first == second)
    }
  }

  @Test func seesItsEnvironmentAndFolder() async throws {
    let folder = try TemporaryFolder()
    let command = Command(
      ["/bin/sh", "-c", "pwd -P; echo \"$CUPEL_A-$HOME\"; cat; exit 0"],
      environment: ["CUPEL_A": "b c", "HOME": "/h"], workingDirectory: folder.path)
    try await ServerProcess.run(command) { server in
      // `cat` ends at once: nothing stands on the standard input.
      #expect(await server.waitForExit() == .exited(status: 0))
      #expect(server.logTail.lines == [folder.path, "b c-/h"])
    }
  }
}
