internal import JSON
internal import Language
internal import Processes
internal import Statistics
internal import Transport
internal import Verdict

/// One probing check at work: the one way in which it asks the endpoint, and the count of what came of it.
struct Inquiry: Sendable {
  private(set) var declaration: EndpointDeclaration
  let preset: any ServingProtocol
  let folders: EndpointFolders
  private var session: Session
  /// The inference that was answered while the endpoint became ready: its first one, when it was started for this run.
  var firstInference: Transcript?
  /// The clock of the run, in seconds since 1970, UTC.
  let now: Int64
  /// Where the path of programs to start comes from.
  var environment: [String: String] = [:]

  /// Whether the endpoint has answered or taken anything, in this check or before.
  private(set) var wasReached: Bool
  /// How many requests the check has sent.
  private(set) var attempts = 0
  /// How many of them the server dropped without an answer, so that they were sent again over another connection.
  private(set) var resent = 0
  /// How long the check took for all of them, and for the slowest.
  private(set) var elapsed = Duration.zero
  private(set) var slowest = Duration.zero
  /// The last exchange.
  private(set) var last: Transcript?
  /// The last exchange without a complete response.
  private(set) var broken: Transcript?
  private var known: Result<ModelSignature, Complaint>?
  private var captures = Captures()

  init(
    _ declaration: EndpointDeclaration, _ preset: any ServingProtocol, _ folders: EndpointFolders, _ session: Session,
    now: Int64 = 0, wasReached: Bool
  ) {
    self.declaration = declaration
    self.preset = preset
    self.folders = folders
    self.session = session
    self.now = now
    self.wasReached = wasReached
  }

  /// The same way for the next check, with what was captured by then; what the model declares is asked once.
  mutating func begin(after conversation: Conversation) {
    wasReached = conversation.wasReached
    session.headers = conversation.session.headers
    declaration.secrets = conversation.secrets
    captures = conversation.captures
    (attempts, resent, elapsed, slowest, last, broken) = (0, 0, .zero, .zero, nil, nil)
  }

  /// The way to another endpoint that a check of this one names: what was captured here stands in its headers.
  func beside(_ other: EndpointDeclaration, at url: EndpointURL) -> Inquiry {
    var inquiry = to(other, at: url)
    inquiry.session.headers = other.headers(with: captures)
    return inquiry
  }

  /// The way to another endpoint of the config, by its own rules.
  func to(_ other: EndpointDeclaration, at url: EndpointURL) -> Inquiry {
    Inquiry(
      other, other.preset, folders, other.session(with: session.client, at: url, folders), now: now, wasReached: false)
  }

  /// Forgets that the model did not declare itself: it may another time.
  mutating func askAgain() { if case .failure? = known { known = nil } }

  /// Waits until the endpoint is ready.
  func ready(within limit: Duration?, beside process: ServerProcess?) async -> Readiness.Outcome {
    await Readiness(session: session, probes: preset.readinessProbes, limit: limit).wait(for: process)
  }

  /// Counts what was asked of another endpoint for the sake of this one.
  mutating func count(_ other: Inquiry) {
    attempts += other.attempts
    resent += other.resent
    elapsed += other.elapsed
    slowest = max(slowest, other.slowest)
  }

  /// `12 requests in 34ms, the slowest 5ms`.
  var summary: String {
    let requests = attempts == 1 ? "1 request" : "\(Quantity.grouped(attempts)) requests"
    let slow = attempts > 1 ? ", the slowest \(Quantity(of: slowest))" : ""
    let again = resent > 0 ? "; the server dropped \(Quantity.grouped(resent)) of them, which were sent again" : ""
    return "\(requests) in \(Quantity(of: elapsed))\(slow)\(again)"
  }

  // MARK: - Asking

  /// Sends no request again that the server drops.
  mutating func sendOnce() { session.sendsOnce = true }

  /// Sends one request.
  mutating func send(_ plan: RequestPlan) async -> Transcript {
    let start = ContinuousClock.now
    let transcript = await session.send(plan)
    note([transcript], in: start.duration(to: .now))
    return transcript
  }

  /// Sends one request another way: as somebody else, or with other demands on TLS.
  mutating func send(_ plan: RequestPlan, as changed: (Session) -> Session) async -> Transcript {
    let start = ContinuousClock.now
    let transcript = await changed(session).send(plan)
    note([transcript], in: start.duration(to: .now))
    return transcript
  }

  /// Sends requests, at most so many at once; the transcripts are in the order of the plans. A cancelled task ends it
  /// early, with fewer of them, and so does a request without a complete reply: a server that hangs would hang on each.
  mutating func send(_ plans: [RequestPlan], concurrently width: Int = 1) async -> [Transcript] {
    let start = ContinuousClock.now
    let session = session
    var found: [Int: Transcript] = [:]
    await withTaskGroup(of: (Int, Transcript).self) { group in
      var next = 0
      var isAnswered = true
      func add() {
        let (index, plan) = (next, plans[next])
        next += 1
        group.addTask { (index, await session.send(plan)) }
      }
      while next < min(max(1, width), plans.count) { add() }
      for await (index, transcript) in group {
        found[index] = transcript
        isAnswered = isAnswered && transcript.failure == nil && !transcript.wasLeftHanging
        if isAnswered, next < plans.count, !Task.isCancelled { add() }
      }
    }
    let transcripts = found.keys.sorted().compactMap { found[$0] }
    note(transcripts, in: start.duration(to: .now))
    return transcripts
  }

  /// Sends requests in turns as a plan says.
  ///
  /// - Parameter watcher: makes who sees the answers on one connection; nil when nobody does.
  mutating func load(
    _ plans: [RequestPlan], _ plan: LoadPlan, watchedBy watcher: (@Sendable () -> any BodyWatcher)? = nil,
    accepting accepts: @escaping @Sendable (Int) -> Bool
  ) async throws(Complaint) -> LoadResult {
    let start = ContinuousClock.now
    let requests = plans.map { session.request(for: $0) }
    var run: LoadRun
    do throws(TransportError) {
      run = try await LoadGenerator.run(
        requests, connections: plan.concurrency,
        LoadRun(
          plan, requests: plans.count, calling: plans.first?.call.map { _ in session.url.origin }, accepts: accepts),
        watchedBy: watcher)
    } catch {
      throw Complaint(.transport(error))
    }
    run.wasCut = Task.isCancelled
    attempts += run.tally.sent + run.tally.warmups
    elapsed += start.duration(to: .now)
    slowest = max(slowest, .nanoseconds(run.tally.latencies.maximum ?? 0))
    wasReached = wasReached || run.tally.wasAnswered
    return LoadResult(
      plan: plan, tally: run.tally, seconds: run.measuredSeconds, wasAbandoned: run.wasAbandoned, requests: requests,
      plans: plans)
  }

  /// Counts a request that a copy of this one has sent.
  mutating func note(_ transcript: Transcript) { note([transcript], in: transcript.elapsed) }

  private mutating func note(_ transcripts: [Transcript], in time: Duration) {
    attempts += transcripts.count
    elapsed += time
    last = transcripts.last ?? last
    for transcript in transcripts {
      slowest = max(slowest, transcript.elapsed)
      if transcript.response?.wasSentAgain == true { resent += 1 }
      // Who accepts any certificate may talk to anybody.
      let isEndpoint = declaration.connection.tls.insecure || !transcript.request.tls.acceptsAnyCertificate
      wasReached = wasReached || isEndpoint && transcript.wasReached
      if transcript.interruption != nil { broken = transcript }
    }
  }

  /// A reply for judging; nil when none came.
  func reply(of transcript: Transcript) -> Reply? {
    transcript.response.map { Reply($0, secrets: declaration.secrets) }
  }

  // MARK: - What the model declares

  /// What the model declares of itself, asked once for all checks; else what the config says of it. A complaint when
  /// neither can be had.
  mutating func signature() async -> Result<ModelSignature, Complaint> {
    if let known { return known }
    var found = Result<ModelSignature, Complaint>.failure(Complaint(.undeclared("the protocol has no metadata")))
    var isSilent = false
    if let request = preset.signatureRequest {
      let transcript = await session.send(request)
      wasReached = wasReached || transcript.wasReached
      found = await signature(in: transcript, to: request)
      isSilent = transcript.failure != nil
    }
    let declares = (try? found.get())?.inputs.isEmpty == false
    if !declares, let source = declaration.signature {
      found = Result { () throws(Complaint) in try source.signature(folders) }
    }
    // Silence may pass; what was said holds.
    if !isSilent { known = found }
    return found
  }

  /// The signature as far as it can be had, and what stays unjudged where it cannot. A source that the config names
  /// must be readable.
  mutating func knownSignature() async throws(Complaint) -> (signature: ModelSignature?, remark: String?) {
    switch await signature() {
    case .success(let signature): return (signature, nil)
    case .failure(let complaint):
      if declaration.signature != nil { throw complaint }
      let isSilent = preset.signatureRequest == nil
      return (nil, isSilent ? nil : "not judged against declared names and datatypes: \(complaint.words)")
    }
  }

  /// What the model declares of itself, asked anew: a request of the check that is about it.
  mutating func declaredSignature() async -> Result<ModelSignature, Complaint> {
    guard let request = preset.signatureRequest else {
      return .failure(Complaint(.undeclared("the protocol has no metadata")))
    }
    return await signature(in: await send(request), to: request)
  }

  private mutating func signature(
    in transcript: Transcript, to request: RequestPlan
  ) async -> Result<ModelSignature, Complaint> {
    if let error = transcript.failure { return .failure(Complaint(.transport(error), in: transcript)) }
    guard let reply = reply(of: transcript) else { return .failure(Complaint(.undeclared("no reply"), in: transcript)) }
    let status = reply.response.status
    if status >= 500, status != 501 {
      return .failure(Complaint(.unusable("the metadata request was answered with \(status)"), in: transcript))
    }
    guard (200..<300).contains(status) else {
      return .failure(await refusal(of: request, transcript, reply))
    }
    switch reply.document {
    case .failure(let problem): return .failure(Complaint(.unusable(problem.message), in: transcript))
    case .success(let document):
      if let error = document["error"], error.isComplaint {
        let words = "the metadata have a status of success and say: \(reply.excerpt(error))"
        return .failure(Complaint(.unusable(words), in: transcript))
      }
      guard let signature = preset.signature(in: document) else {
        return .failure(Complaint(.undeclared("the server declares nothing"), in: transcript))
      }
      if let name = signature.repeatedName {
        let words =
          "the metadata declare \(reply.excerpt(.string(name))) twice, and readers differ in which one they take"
        return .failure(Complaint(.unusable(words), in: transcript))
      }
      return .success(signature)
    }
  }
}
