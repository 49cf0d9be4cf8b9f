import PomonaCore

/// Which photos the exercise's data consists of and what each shows.
struct ExercisePlan {
    /// One photo to be.
    struct Photo {
        var name: String
        var scene: Scene
    }

    /// The photos to label and train on.
    let training: [Photo]
    /// The photos that a trained model is judged by.
    let evaluation: [Photo]
    /// An apple, a banana, an orange, and one of each together.
    let test: [Photo]

    static let trainingCount = 53
    static let evaluationCount = 31

    /// What each test photo shows, by its name.
    static let testContents: [(name: String, kinds: [ObjectKind])] = [
        ("apple.jpg", [.apple]), ("banana.jpg", [.banana]), ("orange.jpg", [.orange]),
        ("apple-banana-orange.jpg", [.apple, .banana, .orange]),
    ]

    static var trainingNames: [String] { names("training", count: trainingCount) }
    static var evaluationNames: [String] { names("evaluation", count: evaluationCount) }

    init(seed: UInt64, aspectRatio: Double) {
        let scenes = SceneGenerator(seed: seed, aspectRatio: aspectRatio)
        func photos(_ names: [String], set: Int) -> [Photo] {
            // Shuffled, so that a photo's number does not tell what it shows.
            var order = SeededGenerator(seed: seed, set, 0)
            let places = names.indices.shuffled(using: &order)
            return zip(names, places).map { name, place in
                var generator = SeededGenerator(seed: seed, set, 1, place)
                return Photo(
                    name: name, scene: scenes.scene(set * 1000 + place, showing: Self.contents(place, &generator)))
            }
        }
        training = photos(Self.trainingNames, set: 1)
        evaluation = photos(Self.evaluationNames, set: 2)
        test = Self.testContents.enumerated().map { place, content in
            Photo(name: content.name, scene: scenes.scene(3000 + place, showing: content.kinds))
        }
    }

    /// Two photos of three show one kind of fruit, each kind as often; the third shows several kinds. Some have
    /// other things in them.
    private static func contents(_ place: Int, _ generator: inout SeededGenerator) -> [ObjectKind] {
        var kinds: [ObjectKind]
        if place % 9 < 6 {
            let kind = ObjectKind.fruits[(place / 9 + place) % 3]
            kinds = Array(repeating: kind, count: generator.pick([1, 1, 1, 1, 2, 2, 3]))
        } else {
            kinds = ObjectKind.fruits.shuffled(using: &generator)
            if generator.chance(0.5) { kinds.removeLast() }
            for _ in 0..<generator.index(below: 4) { kinds.append(generator.pick(ObjectKind.fruits)) }
        }
        if generator.chance(0.3) { kinds.append(generator.pick(ObjectKind.props)) }
        return kinds
    }

    private static func names(_ stem: String, count: Int) -> [String] {
        (1...count).map { "\(stem)-\($0 < 10 ? "0" : "")\($0).jpg" }
    }
}
