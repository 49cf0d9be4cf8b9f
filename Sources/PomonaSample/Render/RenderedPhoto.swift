public import PomonaCore

/// A rendered scene with what is to be seen in it.
public struct RenderedPhoto: Equatable, Sendable {
    /// One thing of the scene, as far as it is visible.
    public struct VisibleObject: Equatable, Sendable {
        public let kind: ObjectKind

        /// Index among the scene's things; the mask holds it plus one.
        public let index: Int

        /// The smallest box around the visible pixels; shadows and reflections do not count.
        public let box: Box

        /// Number of visible pixels.
        public let area: Int
    }

    public let image: RGBImage
    public let mask: ObjectMask

    /// The things of which at least one pixel is seen, fruits and props.
    public let objects: [VisibleObject]

    /// The fruits as labels: indices into ``ObjectKind/labels``.
    public var annotations: [Annotation] {
        objects.compactMap { object in object.kind.label.map { Annotation(label: $0, box: object.box) } }
    }

    init(image: RGBImage, mask: ObjectMask, kinds: [ObjectKind]) {
        self.image = image
        self.mask = mask
        objects = zip(kinds, mask.extents(count: kinds.count)).enumerated().compactMap { index, pair in
            guard let extent = pair.1 else { return nil }
            return VisibleObject(kind: pair.0, index: index, box: extent.box, area: extent.pixels)
        }
    }
}
