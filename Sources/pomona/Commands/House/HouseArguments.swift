import ArgumentParser
import Foundation
import PomonaCore

/// What every command of the house takes.
struct HouseArguments: ParsableArguments {
    @Option(help: "The data folder; POMONA_DATA or the person's own unless said.")
    var data: String?

    @Option(help: "The resource group; the oldest that is not being deleted unless said.")
    var group: String?

    @Flag(help: "Print the answer as JSON.")
    var json = false

    /// Runs work with a server; prints its answer, or what there is to read beside its refusal.
    func run(_ body: (HouseClient) async throws -> JSON, text: (JSON) -> String) async throws {
        do {
            let answer = try await HouseClient.with(data: data, body)
            if json { try Terminal.json(answer) } else { Terminal.print(text(answer)) }
        } catch let error as any PomonaError {
            let report = (error as? HouseRefusal)?.report
            if json {
                try Terminal.json(
                    [
                        "error": [
                            "code": .string(error.code), "message": .string(error.message), "hint": JSON(error.hint),
                        ],
                        "report": report ?? .null,
                    ] as JSON)
            } else if let report {
                Terminal.note(ReportText(report).text)
            }
            throw error
        }
    }

    /// The group that is meant.
    ///
    /// - Parameter name: where the command has it beside `--group`.
    func group(_ client: HouseClient, named name: String? = nil) async throws -> JSON {
        let groups = try await client.list("/groups")
        guard let wanted = name ?? group else {
            guard let first = groups.first(where: { $0["state"].text != "deleting" }) else {
                throw HouseCommandError.noGroup
            }
            return first
        }
        return try groups.named(wanted, "resource group")
    }

    func groupPath(_ client: HouseClient) async throws -> String {
        "/groups/\(try await group(client)["id"].text ?? "")"
    }
}

/// What a command of the house can be told that is not there.
enum HouseCommandError: PomonaError {
    case missing(String, String)
    case noGroup
    case severalContainers(String, [String])
    case notConfirmed(String)
    case ended(String, status: String)

    var code: String {
        switch self {
        case .missing, .noGroup: "missing"
        case .severalContainers: "ambiguous"
        case .notConfirmed: "notConfirmed"
        case .ended: "jobFailed"
        }
    }

    var message: String {
        switch self {
        case .missing(let kind, let name): "There is no \(kind) named \(name)."
        case .noGroup: "There is no resource group yet."
        case .severalContainers(let name, let all):
            "There are several containers named \(name); \(all.joined(separator: " or ")) says which."
        case .notConfirmed(let name): "Deleting \(name) deletes all it holds; --yes says that this is meant."
        case .ended(let what, let status): "\(what) \(status)."
        }
    }

    var hint: String? {
        if case .noGroup = self { "Make one with: pomona group create NAME" } else { nil }
    }

    var kind: ErrorKind {
        switch self {
        case .missing, .noGroup: .missing
        case .notConfirmed, .severalContainers: .usage
        case .ended: .badData
        }
    }
}

extension [JSON] {
    /// The item of a name.
    func named(_ name: String, _ kind: String) throws -> JSON {
        guard let item = first(where: { $0["name"].text == name }) else { throw HouseCommandError.missing(kind, name) }
        return item
    }

    /// One line for each.
    func lines(_ columns: (JSON) -> [String]) -> String {
        let rows = map(columns)
        let count = rows.first?.count ?? 0
        let widths = (0..<count).map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            row.indices.map { index in
                index == count - 1
                    ? row[index] : row[index].padding(toLength: widths[index], withPad: " ", startingAt: 0)
            }.joined(separator: "  ")
        }.joined(separator: "\n")
    }
}
