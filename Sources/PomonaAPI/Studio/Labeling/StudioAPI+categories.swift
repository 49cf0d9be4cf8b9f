import Foundation
import HTTPTypes
import Hummingbird
import PomonaLabeling
import PomonaStore

extension StudioAPI {
    static var categoryRoutes: [StudioRoute] {
        let action = "change label categories"
        return [
            .project(.post, "/categories", .owner, to: action) { try await $0.addCategory() },
            .project(.post, "/categories:order", .owner, to: action) { call in
                struct Body: Decodable { var ids: [String] }
                let body: Body = try await call.call.json()
                let ids = try body.ids.enumerated().map { try call.category($1, field: "ids.\($0)") }
                try await call.catalog.orderCategories(ids, of: call.project.id)
                return try await call.projectResponse()
            },
            .project(.patch, "/categories/{category}", .owner, to: action) { try await $0.changeCategory() },
            .project(.post, "/categories/{category}:merge", .owner, to: action) { call in
                struct Body: Decodable { var into: String }
                let body: Body = try await call.call.json()
                try await call.service.mergeCategory(
                    try call.call.id("category"), into: try call.category(body.into, field: "into"),
                    of: call.project.id, by: call.person.id)
                return try await call.projectResponse()
            },
            .project(.delete, "/categories/{category}", .owner, to: action) { try await $0.deleteCategory() },
        ]
    }
}

extension ProjectCall {
    fileprivate func category(_ text: String, field: String) throws -> LabelCategory.ID {
        guard let id = LabelCategory.ID(studioID: text), project.categories.contains(where: { $0.id == id }) else {
            throw StudioFailure.field(field, "There is no label category \"\(text.prefix(80))\" in this project.")
        }
        return id
    }

    fileprivate func addCategory() async throws -> Response {
        struct Body: Decodable {
            var name: String
            var color: String?
            var hotkey: String?
        }
        let body: Body = try await call.json()
        let look = CategoryLook(project.categories)
        _ = try await catalog.addCategory(
            named: body.name, color: try body.color.map(CategoryLook.checked(color:)) ?? look.freeColor,
            hotkey: try body.hotkey.map(CategoryLook.checked(hotkey:)) ?? look.freeHotkey, to: project.id)
        return try await projectResponse(status: .created)
    }

    fileprivate func changeCategory() async throws -> Response {
        struct Body: Decodable {
            var name: String?
            var color: String?
            var hotkey: String?
        }
        let body: Body = try await call.json()
        let color = try body.color.map(CategoryLook.checked(color:))
        // An empty text takes the key away.
        let hotkey = try body.hotkey.map(CategoryLook.checked(hotkey:))
        try await catalog.updateCategory(try call.id("category"), of: project.id) { category in
            if let name = body.name { category.name = name }
            if let color { category.color = color }
            if let hotkey { category.hotkey = hotkey }
        }
        return try await projectResponse()
    }

    fileprivate func deleteCategory() async throws -> Response {
        struct Body: Decodable {
            enum Choice: String, Decodable { case delete, move }

            var boxes: Choice?
            var into: String?
        }
        let body: Body = try await call.json()
        var heir: LabelCategory.ID?
        if body.boxes == .move {
            guard let into = body.into else { throw StudioFailure.field("into", "The field into is missing.") }
            heir = try category(into, field: "into")
        }
        try await service.deleteCategory(
            try call.id("category"), of: project.id, isChosen: body.boxes != nil, heir: heir, by: person.id)
        return try await projectResponse()
    }
}

/// Colours and keys of categories.
struct CategoryLook {
    /// Told apart on photos, light and dark ones, and as far as twelve can be by people who see fewer colours.
    private static let colors = [
        "#e0533d", "#2f7ed8", "#3a9d5d", "#e6a700", "#8a5cd1", "#17a2b8", "#d6457f", "#7a8b1f", "#9c5a2e", "#5b6ee1",
        "#00897b", "#ad1457",
    ]

    /// The first colour that no category has; when all are taken they begin anew.
    let freeColor: String

    /// The first digit that no category has; `nil` where all nine are taken.
    let freeHotkey: String?

    init(_ categories: [LabelCategory]) {
        let colors = Set(categories.map(\.color))
        freeColor = Self.colors.first { !colors.contains($0) } ?? Self.colors[categories.count % Self.colors.count]
        let hotkeys = Set(categories.compactMap(\.hotkey))
        freeHotkey = (1...9).map(String.init).first { !hotkeys.contains($0) }
    }

    static func checked(color: String) throws -> String {
        guard color.first == "#", color.utf8.count == 7, color.dropFirst().allSatisfy({ $0.isASCII && $0.isHexDigit })
        else { throw StudioFailure.field("color", "\"\(color.prefix(40))\" is no colour such as #e0533d.") }
        return color.lowercased()
    }

    /// - Returns: `nil` for an empty text.
    static func checked(hotkey: String) throws -> String? {
        if hotkey.isEmpty { return nil }
        guard hotkey.utf8.count == 1, hotkey.allSatisfy({ $0.isLetter || $0.isNumber }) else {
            throw StudioFailure.field("hotkey", "\"\(hotkey.prefix(40))\" is not one letter or digit.")
        }
        return hotkey.lowercased()
    }
}
