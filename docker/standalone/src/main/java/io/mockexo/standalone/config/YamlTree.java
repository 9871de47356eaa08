package io.mockexo.standalone.config;

import io.mockexo.client.wire.Tree;
import java.util.List;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A YAML text. Made anew where it is looked at, since an alias can lead in a circle. */
record YamlTree(Node node) implements Tree {

  @Override
  public Kind kind() {
    if (node instanceof MappingNode) {
      return Kind.MAPPING;
    } else if (node instanceof SequenceNode) {
      return Kind.SEQUENCE;
    }
    return Tag.NULL.equals(node.getTag()) ? Kind.NOTHING : Kind.TEXT;
  }

  @Override
  public List<Entry> entries() {
    return ((MappingNode) node)
        .getValue().stream()
            .map(
                tuple ->
                    new Entry(new YamlTree(tuple.getKeyNode()), new YamlTree(tuple.getValueNode())))
            .toList();
  }

  @Override
  public List<Tree> elements() {
    return ((SequenceNode) node).getValue().stream().<Tree>map(YamlTree::new).toList();
  }

  @Override
  public String text() {
    return ((ScalarNode) node).getValue();
  }

  @Override
  public String position() {
    Mark mark = node.getStartMark();
    return "%d:%d".formatted(mark.getLine() + 1, mark.getColumn() + 1);
  }
}
