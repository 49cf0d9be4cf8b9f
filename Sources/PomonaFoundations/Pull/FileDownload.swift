import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// Brings one file over HTTP, going on where an earlier attempt broke off (RFC 9110, section 14).
struct FileDownload {
    let address: String
    let partial: PartialDownload
    /// The most bytes that are taken.
    var limit = 2_000_000_000
    /// Times a transfer that broke off is taken up again within one call.
    var attempts = 4
    /// Seconds without a byte after which a transfer counts as broken off.
    var patience: Int64 = 60
    /// Hears of bytes received and of all, where known.
    var progress: @Sendable (_ received: Int, _ total: Int?) -> Void = { _, _ in }

    private static let mostRedirects = 5

    private enum Outcome {
        case complete
        case brokeOff(received: Int, expected: Int?)
    }

    /// Fetches the whole file into the partial download's place.
    ///
    /// - Throws: ``FoundationError``; what came so far stays for the next call.
    func run() async throws {
        guard let url = URL(string: address), ["http", "https"].contains(url.scheme?.lowercased()), url.host != nil
        else {
            throw FoundationError.badAddress(address)
        }
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout = .init(connect: .seconds(20), read: .seconds(patience))
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        do {
            try await fetch(url, client)
            try await client.shutdown()
        } catch {
            try? await client.shutdown()
            throw error
        }
    }

    private func fetch(_ url: URL, _ client: HTTPClient) async throws {
        var last = Outcome.brokeOff(received: 0, expected: nil)
        for attempt in 0..<attempts {
            if attempt > 0 { try await Task.sleep(for: .milliseconds(200 << attempt)) }
            last = try await transfer(url, client)
            if case .complete = last { return }
        }
        if case .brokeOff(let received, let expected) = last {
            throw FoundationError.brokeOff(address: address, received: received, expected: expected)
        }
    }

    private func transfer(_ url: URL, _ client: HTTPClient) async throws -> Outcome {
        let known = partial.validator(for: address)
        let held = known == nil ? 0 : partial.receivedBytes
        let response: HTTPClientResponse
        do { response = try await answer(url, client, known: known, held: held) } catch let error as FoundationError {
            throw error
        } catch {
            // A server that was there a moment ago may come back; one that never was is named.
            guard held > 0 else { throw FoundationError.unreachable(address: address, reason: "\(error)") }
            return .brokeOff(received: held, expected: known?.length)
        }
        if response.status == .rangeNotSatisfiable, known != nil {
            partial.remove()
            return .brokeOff(received: 0, expected: nil)
        }
        let isContinued = response.status == .partialContent && held > 0
        guard isContinued || response.status == .ok else {
            throw FoundationError.status(address: address, status: Int(response.status.code))
        }
        let part = response.headers.first(name: "content-range").flatMap { ContentRange($0) }
        let tag = Self.strongTag(response)
        // Bytes from elsewhere, or of another file, would make a mixture of what is held: from the beginning, then.
        if isContinued, part?.first != held || (response.headers.contains(name: "etag") && tag != known?.tag) {
            partial.remove()
            return .brokeOff(received: 0, expected: nil)
        }
        let total = try total(of: response, part: isContinued ? part : nil, held: isContinued ? held : 0)
        // What was said of the whole before holds for as long as it is the same file.
        let isSame = isContinued || (tag != nil && tag == known?.tag)
        if isSame, let length = known?.length, let total, length != total {
            partial.remove()
            throw FoundationError.lengthDiffers(address: address, expected: length, received: total)
        }
        let expected = total ?? (isSame ? known?.length : nil)
        let validator = PartialDownload.Validator(
            address: address, tag: tag ?? (isContinued ? known?.tag : nil), length: expected)
        let file = try partial.open(continuing: isContinued, validator)
        defer { try? file.close() }
        return try await receive(response, into: file, received: isContinued ? held : 0, total: expected)
    }

    /// Length of the whole file as an answer tells it, `nil` where it does not.
    ///
    /// - Throws: ``FoundationError/tooLarge(address:bytes:limit:)``.
    private func total(of response: HTTPClientResponse, part: ContentRange?, held: Int) throws -> Int? {
        let announced = response.headers.first(name: "content-length").flatMap { Int($0) }
        let sum = announced.map { length in
            let (sum, isBeyond) = length.addingReportingOverflow(held)
            return isBeyond ? Int.max : sum
        }
        guard let total = part?.total ?? sum else { return nil }
        guard total <= limit else { throw FoundationError.tooLarge(address: address, bytes: total, limit: limit) }
        return total
    }

    private func receive(
        _ response: HTTPClientResponse, into file: FileHandle, received: Int, total: Int?
    ) async throws -> Outcome {
        var received = received
        do {
            for try await piece in response.body {
                received += piece.readableBytes
                guard received <= limit else {
                    throw FoundationError.tooLarge(address: address, bytes: received, limit: limit)
                }
                if let total, received > total {
                    partial.remove()
                    throw FoundationError.lengthDiffers(address: address, expected: total, received: received)
                }
                do { try file.write(contentsOf: Data(piece.readableBytesView)) } catch {
                    throw FoundationError.notWritten(path: partial.path, reason: error.localizedDescription)
                }
                progress(received, total)
            }
        } catch let error as FoundationError {
            throw error
        } catch {
            return .brokeOff(received: received, expected: total)
        }
        if let total, received < total { return .brokeOff(received: received, expected: total) }
        return .complete
    }

    /// Follows redirects by hand: each must stay encrypted if the first was.
    private func answer(
        _ url: URL, _ client: HTTPClient, known: PartialDownload.Validator?, held: Int
    ) async throws -> HTTPClientResponse {
        var place = url
        for _ in 0...Self.mostRedirects {
            var request = HTTPClientRequest(url: place.absoluteString)
            request.headers.add(name: "user-agent", value: "pomona")
            // A compressed transfer has no bytes of the file to go on from.
            request.headers.add(name: "accept-encoding", value: "identity")
            if let tag = known?.tag, held > 0 {
                request.headers.add(name: "range", value: "bytes=\(held)-")
                request.headers.add(name: "if-range", value: tag)
            }
            // The deadline holds for the head only; the body has the read timeout.
            let response = try await client.execute(request, deadline: .distantFuture)
            guard [301, 302, 303, 307, 308].contains(response.status.code) else { return response }
            guard let location = response.headers.first(name: "location"),
                let next = URL(string: location, relativeTo: place)?.absoluteURL,
                ["http", "https"].contains(next.scheme?.lowercased()), next.host != nil
            else { throw FoundationError.status(address: address, status: Int(response.status.code)) }
            guard place.scheme?.lowercased() != "https" || next.scheme?.lowercased() == "https" else {
                throw FoundationError.insecureRedirect(from: place.absoluteString, to: next.absoluteString)
            }
            place = next
        }
        throw FoundationError.tooManyRedirects(address: address)
    }

    /// Only a strong tag promises the same bytes.
    private static func strongTag(_ response: HTTPClientResponse) -> String? {
        response.headers.first(name: "etag").flatMap { $0.hasPrefix("\"") ? $0 : nil }
    }
}
