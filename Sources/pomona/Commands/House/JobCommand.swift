import ArgumentParser
import Foundation

struct JobCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "job", abstract: "Long work: what runs, what ran.",
        subcommands: [List.self, Show.self, Cancel.self, Watch.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the jobs, the newest first: all of them, or those of --group.")
        @OptionGroup var house: HouseArguments

        func run() async throws {
            try await house.run { client in
                guard house.group != nil else { return .list(try await client.list("/jobs")) }
                let id = try await house.group(client)["id"].text ?? ""
                return .list(try await client.list("/jobs?groupID=\(id)"))
            } text: { jobs in
                jobs.array.lines {
                    [
                        $0["id"].text ?? "", $0["state"].text ?? "", $0["title"].text ?? "", $0["detail"].text ?? "",
                    ]
                }
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show a job.")
        @Argument var id: String
        @OptionGroup var house: HouseArguments

        func run() async throws {
            try await house.run {
                try await $0.get("/jobs/\(id)")
            } text: {
                JobWatch.text($0)
            }
        }
    }

    struct Cancel: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Ask a job to stop; what is best so far is kept.")
        @Argument var id: String
        @OptionGroup var house: HouseArguments

        func run() async throws {
            try await house.run {
                try await $0.send(.post, "/jobs/\(id):cancel")
            } text: {
                JobWatch.text($0)
            }
        }
    }

    struct Watch: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Wait for a job to end and show how it goes on.")
        @Argument var id: String
        @OptionGroup var house: HouseArguments

        func run() async throws {
            try await house.run { client in
                try await JobWatch(client).end(of: try await client.get("/jobs/\(id)"), quietly: house.json)
            } text: {
                JobWatch.text($0)
            }
        }
    }
}

/// Waits for jobs.
struct JobWatch {
    private let client: HouseClient

    init(_ client: HouseClient) {
        self.client = client
    }

    static func text(_ job: JSON) -> String {
        var words = ["\(job["title"].text ?? "job"): \(job["state"].text ?? "")"]
        if let detail = job["detail"].text { words.append(detail) }
        if let left = job["secondsLeft"].number, left.isFinite { words.append("\(Int(left)) s left") }
        if let message = job["error"]["message"].text { words.append(message) }
        return words.joined(separator: ", ")
    }

    /// Waits until a job is over.
    ///
    /// - Returns: the job as it ended.
    /// - Throws: ``HouseCommandError/ended(_:status:)`` for one that failed.
    func end(of job: JSON, quietly: Bool) async throws -> JSON {
        guard let id = job["id"].text else { return job }
        var shown = ""
        var lastTold: ContinuousClock.Instant?
        while true {
            let now = try await client.get("/jobs/\(id)")
            let text = Self.text(now)
            let isDue = Terminal.isInteractive || lastTold.map { .now - $0 >= .seconds(10) } ?? true
            if text != shown, !quietly, isDue {
                lastTold = .now
                if Terminal.isInteractive {
                    try? FileHandle.standardError.write(contentsOf: Data("\r\u{1B}[K\(text)".utf8))
                } else {
                    Terminal.note(text)
                }
                shown = text
            }
            switch now["state"].text {
            case "succeeded", "cancelled":
                if Terminal.isInteractive, !quietly { Terminal.note("") }
                return now
            case "failed":
                if Terminal.isInteractive, !quietly { Terminal.note("") }
                throw HouseCommandError.ended(
                    now["title"].text ?? "The job", status: "failed: \(now["error"]["message"].text ?? "")")
            default: try await Task.sleep(for: .milliseconds(300))
            }
        }
    }
}
