import ArgumentParser
import Foundation

struct LabelPeopleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "people", abstract: "Who works on a project.",
        subcommands: [List.self, Invite.self, Role.self, Remove.self, TakeBack.self])

    enum ProjectRole: String, ExpressibleByArgument, CaseIterable {
        case owner, reviewer, labeler
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List people and open invitations.")
        @Argument var project: String
        @OptionGroup var house: HouseArguments

        func run() async throws {
            try await house.run { client in
                .list(try await client.people(of: try await client.project(project, house)))
            } text: { people in
                people.array.lines {
                    [
                        $0["name"].text ?? "invitation \($0["invitationID"].text ?? "")", $0["role"].text ?? "",
                        $0["lastSeenAt"].text ?? $0["expiresAt"].text.map { "until \($0)" } ?? "",
                    ]
                }
            }
        }
    }

    struct Invite: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a link that lets one person in.",
            discussion: """
                The link names the server that runs. Where none does, the command answers by itself on a port that ends with \
                it: put the address of your server in its place.
                """)
        @Argument var project: String
        @Option(help: "As labeler, reviewer or owner.") var role = ProjectRole.labeler
        @OptionGroup var house: HouseArguments

        func run() async throws {
            try await house.run { client in
                let id = try await client.project(project, house)["id"].text ?? ""
                return try await client.send(
                    .post, "/projects/\(id)/invitations", ["role": .string(role.rawValue)])
            } text: {
                "\($0["link"].text ?? "")\nIt works once, until \($0["expiresAt"].text ?? "")."
            }
        }
    }

    struct Role: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Give somebody another role.")
        @Argument var project: String
        @Argument(help: "Their name or id.") var person: String
        @Argument(help: "labeler, reviewer or owner.") var role: ProjectRole
        @OptionGroup var house: HouseArguments

        func run() async throws {
            try await house.run { client in
                let found = try await client.project(project, house)
                let id = try await client.person(person, of: found)
                return try await client.send(
                    .patch, "/projects/\(found["id"].text ?? "")/people/\(id)", ["role": .string(role.rawValue)])
            } text: { _ in
                "\(person) is \(role.rawValue) now."
            }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let somebody in no more; their labels stay.")
        @Argument var project: String
        @Argument(help: "Their name or id.") var person: String
        @OptionGroup var house: HouseArguments

        func run() async throws {
            try await house.run { client in
                let found = try await client.project(project, house)
                let id = try await client.person(person, of: found)
                return try await client.send(.delete, "/projects/\(found["id"].text ?? "")/people/\(id)")
            } text: { _ in
                "\(person) works on \(project) no more."
            }
        }
    }

    struct TakeBack: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "take-back", abstract: "Take back an invitation that nobody has used.")
        @Argument var project: String
        @Argument(help: "Its id, as people list has it.") var invitation: String
        @OptionGroup var house: HouseArguments

        func run() async throws {
            try await house.run { client in
                let found = try await client.project(project, house)
                guard try await client.people(of: found).contains(where: { $0["invitationID"].text == invitation })
                else { throw HouseCommandError.missing("invitation", invitation) }
                return try await client.send(
                    .delete, "/projects/\(found["id"].text ?? "")/invitations/\(invitation)")
            } text: { _ in
                "The invitation lets nobody in any more."
            }
        }
    }
}

extension HouseClient {
    /// Who works on a project, and its open invitations.
    func people(of project: JSON) async throws -> [JSON] {
        try await list("/projects/\(project["id"].text ?? "")/people")
    }

    /// The id of somebody who works on a project, by name or id.
    func person(_ name: String, of project: JSON) async throws -> String {
        let people = try await people(of: project)
        guard
            let id = people.first(where: { $0["personID"].text == name || $0["name"].text == name })?["personID"].text
        else { throw HouseCommandError.missing("person of the project", name) }
        return id
    }
}
