internal import JSON
internal import Protobuf
internal import Transport

/// What the bodies of replies tell by themselves, as the protocol reads them.
struct PredictionReading: Sendable {
  private let preset: any ServingProtocol
  private let secrets: Secrets
  /// The call of gRPC that is answered; nil for replies that are documents as they come.
  private let call: GRPCCall?
  /// Whether the form of a reply counts: it does where the first one is as the protocol has it.
  private var judgesForm: Bool

  /// Nil where the body of a good reply does not tell what it says: of tensors in bytes that stands in the headers.
  ///
  /// - Parameter first: the document of a good reply.
  init?(_ preset: any ServingProtocol, _ secrets: Secrets, _ call: GRPCCall?, like first: [UInt8]) {
    (self.preset, self.secrets, self.call, judgesForm) = (preset, secrets, call, true)
    let reply = Reply(HTTPResponse(status: 200, body: first), secrets: secrets)
    guard let predictions = try? preset.predictions(in: reply, about: 1) else { return nil }
    judgesForm = predictions.allIssues.isEmpty
  }

  /// Why a body is no usable prediction about one row; nil when nothing speaks against it.
  ///
  /// - Parameter encoding: by what the reply says that the message of a call is compressed.
  func flaw(in body: [UInt8], encodedBy encoding: String?) -> String? {
    let reply: Reply
    do throws(Unreadable) {
      reply = Reply(HTTPResponse(status: 200, body: try document(in: body, encoding)), secrets: secrets)
    } catch {
      return error.text
    }
    let predictions: Predictions
    do throws(Complaint) {
      predictions = try preset.predictions(in: reply, about: 1)
    } catch {
      return error.judgement(wasReached: true).message
    }
    if predictions.outputs.allSatisfy(\.elements.isEmpty) { return "the outputs have no element" }
    if let text = missingNumber(in: predictions) { return reply.excerpt(text) }
    let issues = predictions.textIssues + (judgesForm ? predictions.allIssues : [])
    return issues.first.map { reply.excerpt("\($0.place) \($0.text)") }
  }

  private func missingNumber(in predictions: Predictions) -> String? {
    for output in predictions.outputs {
      for (index, element) in output.elements.enumerated() {
        for (way, value) in element.leaves() {
          let place = "outputs.\(output.name)[\(index)]\(way)"
          switch value {
          case .null: return "\(place) is null"
          case .number(let number) where !number.isFinite: return "\(place) is \(number.literal)"
          default: continue
          }
        }
      }
    }
    return nil
  }

  private struct Unreadable: Error {
    /// Nil where it is not looked into.
    var text: String?
  }

  private func document(in body: [UInt8], _ encoding: String?) throws(Unreadable) -> [UInt8] {
    guard let call else { return body }
    let message: [UInt8]
    do throws(GRPCFrame.Flaw) {
      message = try GRPCFrame.message(in: body, encodedBy: encoding, atMost: PredictionWatcher.longest)
    } catch {
      throw Unreadable(text: error.excess == .decompressed ? nil : error.text)
    }
    do throws(MessageError) {
      return JSONWriter.lenient.bytes(try call.document(of: message))
    } catch {
      throw Unreadable(text: "the message is no \(call.method.response.name): \(error)")
    }
  }
}
