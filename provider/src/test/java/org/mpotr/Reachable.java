package org.mpotr;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mpotr.wire.Bytes;

/** What somebody finds who takes the memory of objects of this library, and how much it is. */
public final class Reachable {

  private final List<byte[]> arrays = new ArrayList<>();
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private Reachable() {}

  /** Every array of bytes that can be reached from these. */
  public static List<byte[]> arrays(Object... roots) {
    Reachable reachable = new Reachable();
    for (Object root : roots) {
      reachable.collect(root);
    }
    return reachable.arrays;
  }

  /** How many bytes that is. */
  public static long bytes(Object... roots) {
    return arrays(roots).stream().mapToLong(array -> array.length).sum();
  }

  /** Whether a secret is among them, as a whole or in a part. */
  public static boolean holds(Bytes secret, Object... roots) {
    return arrays(roots).stream().anyMatch(a -> Bytes.of(a).toHex().contains(secret.toHex()));
  }

  private void collect(Object object) {
    if (object == null || !seen.add(object)) {
      return;
    }
    if (object instanceof byte[] array) {
      arrays.add(array);
    } else if (object instanceof Map<?, ?> map) {
      map.keySet().forEach(this::collect);
      map.values().forEach(this::collect);
    } else if (object instanceof Iterable<?> values && !isOwn(object.getClass())) {
      values.forEach(this::collect);
    } else {
      for (Class<?> type = object.getClass(); isOwn(type); type = type.getSuperclass()) {
        for (Field field : type.getDeclaredFields()) {
          if (!field.getType().isPrimitive() && !Modifier.isStatic(field.getModifiers())) {
            collect(valueOf(field, object));
          }
        }
      }
    }
  }

  /** A source of randomness is the test's own, and seeded. */
  private static boolean isOwn(Class<?> type) {
    return type != null && type.getName().startsWith("org.mpotr.") && type != SeededRandom.class;
  }

  private static Object valueOf(Field field, Object object) {
    try {
      field.setAccessible(true);
      return field.get(object);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
