/// What can stand in a rendered scene: the three fruits that are to be found, and things that are not.
public enum ObjectKind: String, CaseIterable, Sendable {
    case apple, banana, orange
    case ball, box, cup

    /// The tags of the sample's label files, in the order of their indices.
    public static let labels = [apple, banana, orange].map(\.rawValue)

    /// The kinds that carry a label.
    public static let fruits: [ObjectKind] = [.apple, .banana, .orange]

    /// The kinds that stand about without one, so that a detector has something to tell the fruits from.
    public static let props: [ObjectKind] = [.ball, .box, .cup]

    /// Index into ``labels``; `nil` for a prop.
    public var label: Int? { Self.fruits.firstIndex(of: self) }
}
