package io.mockexo.internal.net;

import io.mockexo.fault.Effect;
import io.mockexo.internal.smtp.SmtpDialogue;
import io.mockexo.internal.smtp.SmtpReply;
import io.mockexo.internal.smtp.Step;
import io.mockexo.tls.AlertDescription;
import io.netty.channel.ChannelHandlerContext;
import java.util.function.Consumer;
import java.util.function.Function;

/** Where a reply is due. */
final class ReplySite implements Site {

  private final ChannelHandlerContext ctx;
  private final InputGate gate;
  private final SmtpDialogue dialogue;
  private final Function<Effect.Answer, SmtpReply> words;
  private final Function<SmtpReply, Step> replied;
  private final Consumer<Step> perform;

  /**
   * A place for a reply.
   *
   * @param words what a fault says, in the words of the session
   * @param replied what a reply of choice means here
   * @param perform does what a step says
   */
  ReplySite(
      ChannelHandlerContext ctx,
      InputGate gate,
      SmtpDialogue dialogue,
      Function<Effect.Answer, SmtpReply> words,
      Function<SmtpReply, Step> replied,
      Consumer<Step> perform) {
    this.ctx = ctx;
    this.gate = gate;
    this.dialogue = dialogue;
    this.words = words;
    this.replied = replied;
    this.perform = perform;
  }

  @Override
  public void hold() {
    gate.hold();
  }

  /** The client does not know what became of its command; of a message, neither do we say. */
  @Override
  public void garbage(Effect.Garbage garbage) {
    ctx.writeAndFlush(GarbageBytes.lineOf(garbage));
    perform.accept(dialogue.leaveUnanswered());
  }

  @Override
  public void reply(Effect.Answer answer) {
    Step step = replied.apply(words.apply(answer));
    perform.accept(answer.thenClose() ? step.thenClosing() : step);
  }

  @Override
  public void alert(AlertDescription description) {
    ctx.pipeline().get(TlsServerHandler.class).alert(ctx, description);
  }
}
