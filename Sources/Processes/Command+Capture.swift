internal import Subprocess

/// What a short program wrote and how it ended.
package struct CapturedOutput: Sendable, Equatable {
  package var exit: ProcessExit
  package var standardOutput: [UInt8]
  package var standardError: [UInt8]

  package init(exit: ProcessExit, standardOutput: [UInt8], standardError: [UInt8]) {
    self.exit = exit
    self.standardOutput = standardOutput
    self.standardError = standardError
  }
}

/// Why a short program gave no complete output. Whatever was started has been ended.
package enum CaptureError: Error, Sendable, Equatable {
  /// It could not be started.
  case launch(LaunchError)
  /// It was still running after this time.
  case timedOut(program: String, limit: Duration)
  /// One of its streams was longer than this many bytes.
  case tooMuchOutput(program: String, limit: Int)
  /// The task was cancelled.
  case cancelled(program: String)
}

extension CaptureError: CustomStringConvertible {
  /// What happened and what to do next.
  package var description: String {
    switch self {
    case .launch(let error): error.description
    case .timedOut(let program, let limit): "'\(program)' was still running after \(limit). It has been ended."
    case .tooMuchOutput(let program, let limit): "'\(program)' wrote more than \(limit) bytes. It has been ended."
    case .cancelled(let program): "'\(program)' was cancelled before it had finished."
    }
  }
}

extension Command {
  /// Runs a short program to its end with nothing on its standard input, and returns all that it wrote.
  ///
  /// A status other than 0 is not an error here. `maximumOutput` holds for each stream on its own. Processes that it
  /// leaves behind in its group are ended as well.
  package static func capture(
    _ argv: [String],
    workingDirectory: String? = nil,
    environment: [String: String] = [:],
    timeout: Duration = .seconds(30),
    maximumOutput: Int = 64 << 20
  ) async throws(CaptureError) -> CapturedOutput {
    let command = Command(argv, environment: environment, workingDirectory: workingDirectory)
    let limits = Capture.Limits(program: argv.first ?? "", timeout: timeout, maximumOutput: maximumOutput)
    let result: Result<CapturedOutput, CaptureError>
    do {
      let configuration = try command.configuration()
      result = try await Subprocess.run(configuration, input: .none, output: .sequence, error: .sequence) { execution in
        await Capture(child: execution.processIdentifier.value, limits: limits)
          .finish(output: execution.standardOutput, error: execution.standardError)
      }.closureResult
    } catch let error as LaunchError {
      throw .launch(error)
    } catch is CancellationError {
      throw .cancelled(program: limits.program)
    } catch {
      if Task.isCancelled { throw .cancelled(program: limits.program) }
      throw .launch(command.launchError(error))
    }
    return try result.get()
  }
}

/// One running capture: both streams, the leader's end and the clock, whichever speaks first.
private struct Capture {
  struct Limits {
    let program: String
    let timeout: Duration
    let maximumOutput: Int
  }

  private enum Event: Sendable {
    case output([UInt8])
    case error([UInt8])
    case overflow
    case exit(ProcessExit)
    case timeUp
    case cancelled
  }

  let child: Int32
  let limits: Limits

  func finish(
    output: SubprocessOutputSequence, error: SubprocessOutputSequence
  ) async -> Result<CapturedOutput, CaptureError> {
    let ended = ExitWatch.begin(child)
    let group = ProcessGroup(leader: child)
    var captured = CapturedOutput(exit: .exited(status: -1), standardOutput: [], standardError: [])
    var failure: CaptureError?
    await withTaskGroup(of: Event.self) { tasks in
      tasks.addTask { await read(output, until: ended, Event.output) }
      tasks.addTask { await read(error, until: ended, Event.error) }
      tasks.addTask { await ended.wait().map(Event.exit) ?? .cancelled }
      tasks.addTask { await wait() }
      var missing = 3
      while missing > 0, failure == nil, let event = await tasks.next() {
        missing -= 1
        switch event {
        case .output(let bytes): captured.standardOutput = bytes
        case .error(let bytes): captured.standardError = bytes
        case .exit(let exit): captured.exit = exit
        case .overflow: failure = .tooMuchOutput(program: limits.program, limit: limits.maximumOutput)
        case .timeUp: failure = .timedOut(program: limits.program, limit: limits.timeout)
        case .cancelled: failure = .cancelled(program: limits.program)
        }
      }
      // With the leader gone, the streams end too.
      _ = await group.empty(grace: .seconds(failure == nil ? 0 : 1))
      tasks.cancelAll()
    }
    // Whoever is cancelled kills the program, whose end may be noticed first.
    if failure == nil, Task.isCancelled { failure = .cancelled(program: limits.program) }
    return failure.map { .failure($0) } ?? .success(captured)
  }

  private func wait() async -> Event {
    do {
      try await Task.sleep(for: limits.timeout)
      return .timeUp
    } catch {
      return .cancelled
    }
  }

  private func read(
    _ stream: SubprocessOutputSequence, until ended: Arrival<ProcessExit>, _ event: ([UInt8]) -> Event
  ) async -> Event {
    var bytes: [UInt8] = []
    var fits = true
    await stream.forEachPiece(leader: ended) { piece in
      fits = piece.count <= limits.maximumOutput - bytes.count
      if fits { bytes += piece }
      return fits
    }
    return fits ? event(bytes) : .overflow
  }
}
